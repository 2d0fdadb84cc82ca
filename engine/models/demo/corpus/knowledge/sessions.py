"""What is kept of conversations, where, and what can be done with it."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, command, key
from engine.models.demo.corpus.topic import Topic

SESSIONS: tuple[Topic, ...] = (
    Topic(
        name="privacy",
        label="privacy and working offline",
        wordings=(
            *actions("[work|use this|use you|run this] [offline|without internet]"),
            "[is this|is my data|is it|are my messages|are my questions] "
            "[private|safe|secret|secure]",
            "[where|who] does my [data|text] go [to|]",
            "do you [send|upload|share|collect] [anything|my data|my text|my messages] [to "
            "anyone|]",
            "[are you|is this|does this run|do you run] [online|offline|in the cloud|locally]",
            "do [I|you] need [the internet|internet|a network|an internet connection|wifi]",
            "does [it|this|harmony-tui] work [offline|without internet]",
            "who [can read|reads|sees] [my messages|what I write|what I type|this]",
            "what about [my privacy|privacy|data protection]",
            "[privacy|offline|telemetry|cloud]",
            "[is there|do you collect] [telemetry|tracking|any data about me|analytics]",
            "do you [spy on|track|record] me",
            "does anything leave [my|this] [computer|machine|laptop]",
            "[are|is] my [messages|text] [sent|uploaded] [anywhere|to a server|to OpenAI]",
            "I [am worried about|care about|value] my [privacy|data]",
            "[do I need|is there] an [account|API key|login|registration|subscription]",
            "[can|could] [OpenAI|anyone|somebody] [see|read|get|store] [my messages|this|what I "
            "type]",
            "[is|are] [anything|my questions|my messages] [sent|uploaded|shared] "
            "[over the internet|]",
            "[I don't|I do not] [want|like] [my data in the cloud|to be tracked|being tracked]",
            "[will|does] [this|it|harmony-tui] work "
            "[when I am offline|without a network|without wifi]",
            "[tell me|what about] [the privacy of my data|data protection|your privacy policy]",
            "[local|locally|on my computer] or [in the cloud|cloud|online]",
            "[tracking|telemetry|privacy policy|analytics]",
            "[will|does] [anyone|OpenAI|somebody] [track|record|spy on] me",
            "do you [collect|share|record] [my data|anything|what I write]",
            "is it [secure|private|safe] [here|]",
            "[am I|are my messages] being [tracked|recorded|watched]",
            "who [else|] [knows|gets|sees|reads] what I [type|write|tell you]",
            "can I [trust|tell] you [with secrets|with my data|a secret|something confidential]",
            "[is this|is it|is what I say] [confidential|just between us|kept "
            "secret|private|secret|personal]",
            "[stays|stay|does it stay] [on my machine|on my computer|local|here]",
            "does [my data|my text|everything|the text] stay [on my machine|on my "
            "computer|here|local]",
            "[what|which] data [do you collect|leaves my machine|is sent|is shared]",
            "is there a [server|cloud] [behind this|involved|]",
            "where [are you running|do you run|does this run|does the model run]",
            "do you run on [my|this] [machine|computer|laptop]",
            "on whose [computer|machine|server] [does this run|do you run]",
            "is this [local|on my machine|hosted|on a server|a cloud service|on my computer]",
            "do I [have to|need to] [sign up|register|log in|pay|create an account]",
            "[registration|login|account|subscription|password|API key] [needed|required|]",
            "[no|without] [internet|network|wifi|connection] [does it still work|does this work|]",
            "my [internet|wifi|network] is [down|off] [can I go on|does this still work|do you "
            "still work]",
            "can I use [this|you|it] [on a train|without wifi]",
            "[when|why|for what] does it need the internet",
            "if I [cut|turn off|switch off] the [network|internet] [does it go on|do you still "
            "work|does it work]",
            "is [anyone|anybody|somebody] [watching|reading this]",
            "[data protection|confidentiality|security|privacy|secrecy]",
            "is [my|the] [data|chat|text] used [for training|to train you|by anyone]",
            "do you [learn|train] from [my messages|what I write|my questions]",
            "[are you|is anyone] [spying on|watching|tracking|recording] me",
            "are you connected to [the internet|a server|the cloud|OpenAI|anything]",
            "[may|can] I [type|enter|paste] [confidential|secret|sensitive|private|personal] "
            "[things|text|data]",
            "[sensitive|confidential|personal|private|secret] [data|text|information]",
            "is it safe to [type|enter|paste] [personal|sensitive|secret] [data|things]",
            "what happens [to|with] my [data|messages|personal data]",
            "[work|stay|run|use it] offline",
            "[offline|local] [mode|use|only]",
            "I want [everything|my data|it] to stay [private|local|on this machine|here|on my "
            "computer]",
            "does [OpenAI|Apple|anyone|somebody] [get|see|read|store] [my data|this|my questions]",
            "do you [report|send|collect|share] [usage|statistics|usage data|crash reports]",
            "[analytics|usage data|usage statistics]",
            "how [private|secure|secret|safe] is [this|it|my data|harmony-tui]",
            "[nobody|no one] [should|may|can] [read|see|get|store] [this|my messages|what I write]",
            "[who|what company] [has access to|can see|keeps|gets] my "
            "[data|conversations|questions|text]",
            "does [OpenAI|Apple|the author|the developer] [have access to|see|keep|get] my "
            "[conversations|questions|data]",
            "[is|are] my [data|words|questions|texts] [going|sent|transmitted] [to the cloud|to "
            "a server|out|anywhere|over the network]",
            "[does|do] [it|you|harmony-tui] [phone|call] home",
            "phoning home",
            "[does|do] [it|you|harmony-tui] [connect|talk] to [a server|the internet|the "
            "cloud|OpenAI]",
            "[network|internet] [traffic|connections|use|access needed]",
            "what [network|internet] [traffic|connections] [is there|does it make]",
            "do I need to be [online|connected|on the internet]",
            "[must|do] I have to be [online|connected] [to use this|to chat|]",
            "can I [disconnect|unplug] [from the internet|the network|]",
            "I [have no|lost my|am without] [internet|wifi|network|connection] [right now|does "
            "it matter|]",
            "I'm on a [plane|train|boat] [without internet|can I use this|]",
            "on [a plane|a ship] [without|with no] [internet|wifi|network]",
            "[aeroplane|airplane|flight] mode",
            "does it [still|] [run|work] in [airplane|flight] mode",
            "[air-gapped|air gapped|isolated] [machine|computer|network]",
            "[where|on which computer] [is|are] [the model|everything|my questions] "
            "[processed|computed|run|running]",
            "is [my text|everything|it all] processed [locally|here|on this machine|on my laptop]",
            "[processed|computed|runs] locally [or remotely|or in the cloud|]",
            "[local|locally] or [remote|remotely|hosted]",
            "is it a [cloud|remote|web|online] service",
            "[cloud|online|web] service or local",
            "which [servers|server|cloud] [is|are] used",
            "are there [servers|any servers] [involved|]",
            "[GDPR|data protection law|DSGVO]",
            "is it [GDPR compliant|allowed at work for secret data|okay for patient data]",
            "can I use it [for|with] [patient data|client data|company secrets|confidential "
            "documents]",
            "[company|business|trade] secrets [safe here|]",
            "I work with [confidential|sensitive|secret] [documents|data] [is that safe|]",
            "may I [share|tell you] [something private|a secret|my secrets|private matters]",
            "can you keep a secret",
            "will you [tell|pass on|reveal] [anyone|what I say|my secrets]",
            "[do|will] you [pass on|sell|leak|reveal] my [data|messages|secrets]",
            "[sell|selling|leak|leaking] [my|] data",
            "are you [selling|leaking|passing on|harvesting] my data",
            "what [do you|does the program] [know|find out|store] about me",
            "who is [listening|watching|spying]",
            "is [big brother|someone|anybody|somebody] [watching|listening in|spying]",
            "[surveillance|spying|spyware]",
            "is [this|harmony-tui] spyware",
            "does [this|it|harmony-tui] have [trackers|tracking|telemetry|analytics|spyware]",
            "[turn off|disable|opt out of] [telemetry|tracking|analytics|data collection]",
            "how do I [opt out|disable telemetry|turn off tracking]",
            "is there [data collection|any tracking|any telemetry]",
            "[do|must] I [need|create|have] [an account|a login|a subscription|an API key] [for "
            "this|to use this|]",
            "without [an account|a login|signing up|registering|an API key]",
            "is it [free|free of charge] or do I need [a subscription|an account]",
            "do I have to give [my email|my name|a credit card]",
            "[email address|credit card|phone number] [needed|required]",
            "how [safe|secure|private|confidential] are [my conversations|my messages|the "
            "things I type]",
            "is [this chat|our conversation|this conversation] "
            "[private|confidential|encrypted|secure|monitored]",
            "[encrypted|encryption]",
            "I'd rather not [share my data|have my data in the cloud|be tracked]",
            "my [boss|employer|company] [forbids|does not allow] cloud services [is this one|]",
            "does [downloading|fetching] a model need the internet",
            "what [needs|requires] [the internet|a connection]",
            "[private|privacy|secret|confidential] [please|data|talk|]",
            "[offline|without internet|no internet|without a network] [use|please|possible|]",
            "[does|do] [it|you|anything] [phone home|send data|leave my machine|upload my words]",
            "[telemetry|tracking|cloud|account|login] [please|needed|used|]",
            "[will|do|does] [what I type|my prompts|my words|my files] [ever|] [leave|go out of] "
            "[this|my] [mac|laptop|computer|machine]",
            "are my [prompts|inputs|files|documents] [sent out|transmitted|transferred|uploaded] "
            "[anywhere|]",
            "[transmit|transfer|beam|ship] my [prompts|text|files|words] [anywhere|to the "
            "cloud|to a company]",
            "is [everything|all|the computing] done on [my|this] [mac|laptop|machine|own computer]",
            "[on-device|on device|self-hosted|on-premise|on premises] [or in the "
            "cloud|model|processing|]",
            "is it [on-device|self-hosted|on premises|fully local|purely local]",
            "[which|what] company [reads this|receives what I type]",
            "[third|outside] parties [reading along|get my data|involved]",
            "do third parties [see|get|receive] [anything|my text|my data]",
            "can my [internet provider|employer|admin|government] [see|read] [what I ask|my "
            "chats|this]",
            "[eavesdropping|snooping|listening in|wiretapping] [on my chats|possible|]",
            "can [anybody|hackers|strangers|others on the network] [snoop on|eavesdrop "
            "on|intercept] [my chats|this conversation|us]",
            "[firewall|proxy|little snitch|port] [rules|needed|blocks it|settings for this "
            "program]",
            "does it [open|use|need] [ports|a port|outgoing connections|network access]",
            "[outgoing|outbound|outside] [connections|traffic|requests] [made|please|]",
            "[I am|we are] in a [secure|closed|restricted] [network|environment|lab] [can it "
            "run|without internet]",
            "I [unplugged|pulled] the [network cable|wifi] [does it still answer|can I go on]",
            "[there is no|bad|slow|poor] [reception|signal|wifi|internet] [here|where I am] "
            "[does that matter|can I still chat|]",
            "in the [mountains|woods|submarine|desert|cellar] without [a signal|internet|wifi]",
            "[works|usable|possible] [offline|without a connection|on the road|without the cloud]",
            "do I need [a key|a token|an API token|an OpenAI account] [to use this|for you|]",
            "[token|API key|OpenAI key] [needed|required|where do I enter it]",
            "where do I [enter|put] [my|the|an] [API key|OpenAI key|license key]",
            "[cost|costs|price|fee] per [message|token|month] [here|with this program|]",
            "[does|do] [it|you|using this] cost [anything|money|a fee]",
            "is my [identity|name|IP address|location] [known|sent|revealed|recorded]",
            "am I [anonymous|identifiable] [here|when I use this|]",
            "[anonymous|anonymity] [use|here|guaranteed|]",
            "[medical|legal|bank|tax|health] [records|data|documents] [safe here|allowed|can I "
            "paste them]",
            "may I [show|give] you [medical|bank|legal|tax] [records|documents|letters]",
            "[lawyer|doctor|therapist|journalist] [here|] can I use this for [client "
            "data|patient files|sources]",
            "[NDA|non-disclosure agreement|classified] [material|documents|allowed here]",
            "are [my inputs|conversations|the chats] used to [improve|train|teach] [the "
            "model|OpenAI's models|other models]",
            "[opt out of|prevent|stop] training on my [chats|data|text]",
            "does OpenAI [know|notice|learn] that I use this",
            "does [this|the program] [report|tell] anyone [what I do|that I use it|how I use it]",
            "[usage|crash|error] [reports|reporting|statistics] [sent|off|collected]",
            "[no|without] [big tech|cloud|server|OpenAI] [involved|in between|watching]",
            "[prove|guarantee|promise] [that|] [nothing is sent|my data stays here|it is private]",
            "[trustworthy|discreet|confidential|safe] [program|assistant|with my secrets|]",
            "[everything|all|the whole thing] [local|on my own hardware|under my own roof] [or "
            "does something go out|right]",
            "[how|can I be sure] [do I know|] that nothing [leaves|leaks from] [my computer|this "
            "mac]",
            "[leak|leaks|leakage|breach] of my [text|prompts|secrets|data] [possible|]",
            "[where|in which country] are [the servers|your servers|the data centres]",
            "[is|does] my [code|source code|thesis|manuscript] [safe|private|stay here] [with "
            "you|in this program]",
            "can I [paste|show you] [proprietary|company|secret] [code|source code|documents]",
            "[strangers|outsiders|employees of OpenAI] [read along|see my prompts|reading this]",
            "[do|will] [humans|people|moderators] [read|review|check] [my chats|what I write|the "
            "conversations]",
            "once the model is [downloaded|on my disk] [do I still need|can I turn off] the "
            "internet",
            "[after|apart from] the download is [anything|nothing] [sent|fetched|transmitted] "
            "[over the network|]",
            "does it [ping|call|contact] [any server|home|OpenAI|Hugging Face] [when it "
            "starts|while we chat|]",
            "[cookies|fingerprinting|beacons|trackers] [in here|used|]",
        ),
        answers=(
            "Everything runs on this machine: no account, no cloud, no telemetry. "
            "Only fetching a model needs the internet.",
        ),
    ),
    Topic(
        name="sessions",
        label="where conversations are kept",
        wordings=(
            *actions(
                "[save|keep|store] [this|my|the|our] [conversation|chat|session|work]",
            ),
            "where are [the|my|our] [sessions|conversations|chats] [kept|saved|stored|written]",
            "[is|are] [this|my] [conversation|conversations|chats|chat] saved",
            "do you [save|keep|store] [our|my|the] [conversations|messages|chats]",
            "what happens to [this|my|our] [conversation|chat] [when I quit|when I leave|after I "
            "quit|when it crashes]",
            "[in which|which] [file|folder] [holds|has] [the|my] [session|sessions|conversations]",
            "[sessions|session file|saved conversations]",
            "do I have to save [anything|my conversation|this]",
            "where is the session file",
            "do I lose [anything|my conversation] if [it crashes|the power fails]",
            "what [is a session|are sessions]",
            "where do my conversations go afterwards",
            "where [is|are] [everything|all this|my text|what I write] [stored|saved|kept]",
            "is [my|our|the] [history|chat history|transcript] [kept|saved|stored]",
            "[chat|conversation] [history|log|logs|archive|archives|backup]",
            "[save|store|keep|archive] [it|all this|what we said|everything we wrote]",
            "[save|save this|save it|save everything] [please|now|]",
            "how do I save",
            "do I [need|have] to save [by hand|manually|first|myself]",
            "is there [autosave|automatic saving|a save button|a save command]",
            "[autosave|automatic saving|saving]",
            "[does|will] [it|the program|harmony-tui] save [by "
            "itself|automatically|everything|my chats]",
            "[which|what] [file|folder|directory] are [my|the] [chats|conversations|messages] in",
            "[where|what] is the [data folder|sessions folder|session folder]",
            "[path|location] of the [sessions|conversations|chat files|session files]",
            "what format are [the|my] [sessions|conversations|saved chats] in",
            "[session files|the session file|session file]",
            "are [my|the] [conversations|chats|messages] on [disk|my disk|the hard disk]",
            "will [this|our|my] [chat|conversation] [still be there|be kept|be saved] "
            "[tomorrow|later|after a restart]",
            "what if [my computer|the program|the power] [crashes|fails] [in the middle|]",
            "[will|would|could] [my chat|anything|the conversation] be lost [after|in] a "
            "[crash|power cut|restart]",
            "do you [log|write down|record] [our|the|my] [conversation|chats|conversations|chat] "
            "[on disk|to a file|]",
            "is [every|each] conversation [kept|saved|written|stored]",
            "when is [the|a|my] [conversation|chat] [saved|written to disk|stored|kept]",
            "how are [conversations|chats|sessions] [stored|saved|kept]",
            "[storage|keeping|saving] of [conversations|chats|messages]",
            "a [file|record|transcript on disk] of [this|our|the] [conversation|chat]",
            "[where|in what place] [does|do] [it|harmony-tui|you] [put|store|keep|save] "
            "[our|my|the] [conversations|chats|talks]",
            "[recover|restore] [a lost|the lost|my lost] [conversation|chat]",
            "I accidentally [closed|quit] [the window|the program] is my [chat|conversation] "
            "[lost|gone|still there]",
            "my [laptop|computer|terminal] [crashed|died|restarted] is the [chat|conversation] "
            "[gone|lost|saved]",
            "[power cut|power failure|crash] [and my chat|what about my conversation|is the "
            "conversation lost]",
            "is there a [copy|record|backup|trace|transcript] of [our|this|my] "
            "[conversation|chat|talk]",
            "does [it|harmony-tui|the program] keep a [copy|record|log|transcript] of "
            "[conversations|everything|chats]",
            "[are|were] [my|our|these] [words|questions and answers|messages] "
            "[recorded|kept|saved] [on disk|in a file]",
            "[everything|all] I [wrote|asked] [is it saved|where is it saved|saved where]",
            "is [anything|something] [written|saved] to [disk|the hard disk|a file]",
            "[what|which] does it write to disk",
            "when does it [save|write] [to disk|the conversation|]",
            "how often [is|does] [it save|the conversation saved]",
            "must I [press|do|type] [something|anything] to save [the conversation|this|]",
            "is saving [automatic|necessary|needed]",
            "[saves|saved] [automatically|by itself|on its own]",
            "[no|there is no] save [button|command|key]",
            "[which|what] [key|command] saves [the conversation|this|my chat]",
            "[ctrl s|control s] to save [the chat|]",
            "how can I [save|keep|preserve|archive] [this|our|the] [chat|conversation|talk] "
            "[for later|for ever|]",
            "[preserve|archive|keep|retain] [our|this|the] [chat|conversation] [for later|]",
            "JSONL [files|file] [of|with] [conversations|chats|sessions]",
            "what is [a|the] JSONL file",
            "what is in [a|the] session file",
            "what [format|kind of file] [is|has] [a|the] [session|conversation|session file] "
            "[have|]",
            "open [a|the] session file [in an editor|]",
            "the [sessions|session|data] [folder|directory] [where is it|of "
            "harmony-tui|location|path]",
            "[open|find|show] the [sessions|session|data] [folder|directory]",
            "where is the [history|archive] [of conversations|of chats|file]",
            "[chat|conversation|session] [storage|folder|directory|location|file]",
            "can I find this [conversation|chat] again [tomorrow|next week|later]",
            "[tomorrow|next week|later] will [this|our] [conversation|chat] still [exist|be "
            "here|be there]",
            "do conversations [survive|outlive] a [crash|restart|reboot]",
            "[does|will] [this|my] [conversation|chat] survive [a crash|a restart|quitting]",
            "how long are [conversations|chats|sessions] [kept|stored]",
            "how [big|large] do the [session files|sessions] get",
            "[backup|back up|copy] [my|all] [sessions|conversations|chats]",
            "[where|in which folder] [are|is] [everything|conversations|my words|what I said] "
            "[kept|written|saved]",
            "[saved|kept|written] to disk [automatically|at once|by itself|as it happens]",
            "[do|must|should] I save [before leaving|before I quit|my work|at the end]",
            "[conversation|conversations|chat|chats] [saved|kept|stored|written] "
            "[automatically|on disk|where|as files]",
            "[which|what] [folder|file] [is|are] [the|my|this] "
            "[conversation|conversations|chat|chats] [in|kept in|saved in]",
            "[is|will] [this|my|the|our] [conversation|chat] [saved|be saved|kept|be kept|be lost]",
            "[must|do|should] I [save|keep|store] [this|the|my|our] [conversation|chat] "
            "[myself|by hand|]",
            "[location|place|path|folder] [of|for] [my|the|saved|kept] "
            "[conversations|chats|session files]",
            "[JSONL|jsonl] [file|files|format] [of a session|of a conversation|per conversation|]",
            "[what|how much] is lost [if|when] [it crashes|the program crashes|the power fails|I "
            "close the window]",
            "[are|is] [my|our] [conversation|conversations|chat|words] safe [on disk|from a "
            "crash|]",
            "[save|saving|keep|store|autosave] [the|this|my|our] "
            "[conversation|chat|session|talk] [please|how|where|]",
            "[is|are] [everything|all of this|my words|our talk|conversations] "
            "[saved|kept|stored|written down] [somewhere|on disk|by itself|]",
            "[where|how] [does|will] [the program|it|harmony-tui] [save|keep|store] "
            "[conversations|the conversation|my chats]",
            "[the|a] [saved|kept|stored] [conversation|chat|session] [file|files|folder|where is "
            "it]",
            "[do|will] [conversations|chats|sessions] [stay|remain|last] [on disk|after I "
            "quit|after a restart|for ever]",
            "I [forgot|did not manage|have not managed] to save [the conversation|this|my chat] "
            "[is it lost|]",
            "[which|what] file holds [the|this|my] [conversation|chat|session]",
            "[does|will] [it|this program] [remember|keep|retain] [my|our] [chats|conversations] "
            "[on disk|after I close it|as files]",
            "[do|will] my [chats|conversations|talks] [vanish|disappear|get lost|evaporate] "
            "[when I close it|on exit|]",
            "[is|will] [the|our|this] [chat|talk|discussion] [disappear|gone] when I [close the "
            "window|shut down|log out]",
            "if I [close|shut] the [lid|window|terminal] [is the chat saved|do I lose the "
            "chat|is my conversation kept]",
            "I [worry|am afraid] [to lose|of losing] [this|our|my] [chat|conversation]",
            "[afraid|scared] of losing [this conversation|my chat|what we wrote]",
            "this [conversation|chat] is important [is it saved|where is it kept|does it get "
            "saved]",
            "[I hope|make sure] [this conversation|our chat|it] is [saved|kept|on disk]",
            "[hit|press|click|use] save",
            "where is the save [button|menu|command|key]",
            "[save|store] [as|under] [which name|where|a file name]",
            "under what [name|file name] is [this|the] [conversation|session|chat] "
            "[saved|stored|kept]",
            "[file|files|path] [name|names] of [the|my] [sessions|conversations|session files]",
            "[what|which] [directory|folder] [do|are] [sessions|conversations|the session files] "
            "[live in|in|stored in]",
            "[where|in what directory] do [the|] [sessions|session files|conversations|chat "
            "files] [live|lie|sit|end up]",
            "where on [my|the] [disk|mac|hard drive|computer] are the "
            "[sessions|conversations|chats]",
            "[directory|folder|place] [where|in which] [conversations|sessions|chats] [are "
            "kept|are stored|lie]",
            "where can I find the [JSONL|session|conversation] files [in the Finder|on my disk|]",
            "[open|show] the [conversation|session] files in [the Finder|a text editor|another "
            "program]",
            "[structure|format|layout] of [a|the] session [file|files]",
            "what does a session file [look like|hold|contain]",
            "[one|a] file [for|per] [each|every] [session|conversation|chat]",
            "[is there|are there] [one file per conversation|a database|a file for each chat]",
            "[database|sqlite|JSON|JSONL] [of|for] [sessions|conversations|chats]",
            "are [sessions|conversations] [plain text|readable files|in a database]",
            "[plain|raw] [files|text] of [my|the] [sessions|conversations]",
            "how much [disk|space|room] do [my|the] [sessions|conversations|saved chats] "
            "[take|need|use]",
            "[disk|hard disk] [space|room|usage] of [the sessions|session files|saved "
            "conversations]",
            "is there a limit [to|on] [saved|kept] [sessions|conversations|chats]",
            "do [saved chats|sessions|kept conversations] [expire|get deleted after a while|age "
            "out]",
            "[for|] how [many days|long] does it keep [my|] [sessions|chats|conversations]",
            "[is|are] [the analysis|thoughts|tool calls] [saved|kept] [in the session "
            "file|too|with the conversation]",
            "[who|what] [saves|writes|stores] the [conversation|session|chats] [to disk|and when|]",
            "is the [conversation|chat|session] [written|saved] [at once|while we talk|after "
            "every message|as we go]",
            "[after|with] [every|each] [message|answer] [is it saved|does it save]",
            "[does|will] it save [half an answer|an interrupted answer|what I am typing]",
            "[do|should|must] I [hit|press] [ctrl s|control s|a key] to [save|keep] [this|the "
            "chat]",
            "[save|saving] [needed|necessary|required|on exit|before exit]",
            "[can|may] I [just|simply|safely] [close|quit] without saving [the chat|]",
            "[quit|leave|exit] without saving [what happens|is it lost|]",
            "it did not ask [me|] to save [the conversation|my chat|]",
            "[why|how come] [doesn't|does not] it ask to save [when I quit|the chat|]",
            "[unsaved work|unsaved changes|not yet saved]",
            "[automatic|continuous|constant|instant] [saving|backup|storage] [of the "
            "conversation|of chats|]",
            "[auto-save|auto save|autosaving|autosaves] [on|interval|how often|conversation]",
            "[persisted|persistence of|durable] [conversations|chats|sessions]",
            "how are [my|our] [chats|talks|discussions] [persisted|preserved|archived|put on disk]",
            "[log|record|protocol|minutes] of [our|this|the] [chat|talk|discussion] [on "
            "disk|where is it|kept]",
            "[is there|where is] a [log|protocol|record] of [what was said|our chats|this "
            "conversation]",
            "[store|record|preserve|archive] [what we say|our talk|this discussion|the session]",
            "[safe|secure] from [loss|a crash|a power cut] [is my chat|]",
            "[battery|power] [died|ran out|went off] [is the chat lost|what about my conversation]",
            "[I lost|losing|loss of] [power|the connection] [is the conversation saved|is my "
            "chat gone]",
            "[the program|it|harmony-tui] [was killed|got killed|froze] [is my conversation "
            "saved|what about the chat]",
            "[sync|synchronise|share] [the sessions folder|session files|my sessions] [between "
            "two macs|with a cloud drive|]",
            "[move|relocate|change] the [sessions|session] [folder|directory]",
            "[Time Machine|backup] [of|and] [the sessions|session files|my chats]",
            "[what|which files] do I have to back up [to keep my chats|for my conversations]",
        ),
        answers=(
            "Every conversation is written to disk as it happens, one JSONL file each, in the "
            "`sessions` folder of harmony-tui's data folder. There is nothing to save by hand.",
        ),
    ),
    Topic(
        name="session_list",
        label="the list of sessions",
        wordings=(
            *command("/sessions"),
            *key("Ctrl+O", "ctrl-o", "ctrl o", "control o"),
            *actions(
                "[see|list|show|browse] [all|] my [sessions|old conversations|past "
                "conversations|kept conversations]",
                "[open|find] [my old|my earlier|the saved|past] [conversations|sessions|chats]",
            ),
            "[list|overview|index|table] of [my|all|the|old|past] [sessions|conversations|chats]",
            "[session|conversation|chat] [list|browser|overview|manager|picker]",
            "[browse|list|show|look through|go through] [my|old|the|past|all] "
            "[sessions|conversations|chats]",
            "[which|what|how many] [sessions|conversations|chats] [do I have|are there|are "
            "kept|exist]",
            "[where|how] do I [see|find|list] [my|the|all my] [old|past|earlier|kept] "
            "[chats|conversations|sessions]",
            "[show|give] me [all|] [my|the] [past|saved|stored|kept|old] "
            "[chats|conversations|sessions]",
            "[all|every] [conversation|session|chat] [on this machine|I ever had|that was "
            "kept|so far]",
            "[the|which] [key|command] [shows|opens|lists] [the|all|my] [sessions|old "
            "conversations|kept conversations]",
            "open the [session list|list of sessions|list of conversations|session browser]",
            "the [sessions|session] [screen|window|page|menu]",
            "[look up|look at|open] [an old|an earlier|a past|a previous] "
            "[chat|conversation|session]",
            "[chats|conversations|sessions] of [last week|yesterday|last month|before]",
            "[where|how] [is|do I get to] the [list of conversations|session list|list of "
            "sessions]",
            "I want [a|the] list of [conversations|sessions|my chats]",
            "can I [browse|list|see] [old|past|my|earlier] [conversations|sessions|chats]",
            "[switch|change|jump] [to|between] [another|other|an older|kept] "
            "[conversation|session|chat|conversations|sessions]",
            "harmony-tui sessions list",
            "[list|print] [the|my] [sessions|conversations] in the shell",
            "[do|can] I have several [conversations|sessions|chats] [at the same time|in here|]",
            "I [can't find|am looking for|am searching for|lost] my [old|last|earlier|previous] "
            "[chat|conversation|session]",
            "where [has|have] my [old chats|old conversations|conversations|sessions] gone",
            "[where|how] can I see [what|everything] I [talked about|did] [before|in the "
            "past|last month] [a list|]",
            "[show|open|bring up|pull up|display] [the|my] [list of chats|chat history "
            "list|session browser|session picker]",
            "[pull|bring] up [my|the] [sessions|old chats|conversations]",
            "[pick|choose|select] [a|another|one] [session|conversation|chat] [from a list|from "
            "the list|]",
            "[let me|I'd like to] [pick|choose] [a session|an old chat|one of my conversations]",
            "[a menu|a picker|a panel|a screen] [of|with|for] [all|my|old] "
            "[sessions|conversations|chats]",
            "[sidebar|side bar|panel] with [my chats|conversations|the sessions] [like in "
            "ChatGPT|]",
            "ChatGPT has [a list of chats|old chats at the left] [where is that here|do you too]",
            "where are my [other|earlier|previous|former] [chats|conversations|sessions|talks]",
            "where [did|do] my [earlier|former|other] [talks|chats|sessions] [go|show up]",
            "I [see|have] only [one|this] [conversation|chat] where are [the others|my other ones]",
            "how do I [get to|reach|see|view] [my other|the other|former|earlier] "
            "[chats|sessions|conversations]",
            "[get to|reach|visit|view] [my|the] [other|former|earlier] "
            "[sessions|conversations|chats]",
            "[view|inspect|survey|review] [all|] [my|the] [kept|stored|past|former] "
            "[sessions|conversations|chats]",
            "[review|revisit|reread|re-read] [old|past|former|earlier] [chats|conversations|talks]",
            "[flip|page|leaf|scroll] through [my|old|the] [sessions|conversations|chats]",
            "[catalogue|catalog|directory|inventory|register] of [sessions|conversations|chats]",
            "how many [sessions|chats|conversations] [have I had|are saved|did I have|are in the "
            "list]",
            "count [my|the|all] [sessions|conversations|chats]",
            "[number|total] of [sessions|conversations|kept chats]",
            "what [have|did] we [talked|talk] about [in the past|last month|so far in other "
            "sessions] [list it|]",
            "[list|name] [all|the] [topics|things] we talked about [in other sessions|in past "
            "chats]",
            "[recent|latest|last few] [sessions|conversations|chats] [please|list|show them|]",
            "[show|list|see] [the|my] [recent|latest|newest|last ten] "
            "[sessions|chats|conversations]",
            "[sessions|chats|conversations] [sorted|ordered] [by date|by time|how]",
            "in what order are [sessions|conversations|chats] [listed|shown]",
            "how is the [session list|list of conversations] [sorted|ordered]",
            "[which|what] [session|conversation] in the list is [open|this one]",
            "what does the [dot|bullet|black circle] in the [session list|list of sessions] mean",
            "the [dot|mark] [beside|before] a [session|conversation] in the list",
            "[close|leave|get out of] the [session list|list of sessions|list of conversations]",
            "[keys|shortcuts] in the [session list|list of sessions|session browser]",
            "[which|what] keys [work|are there] in the [session list|list of conversations]",
            "what can I do in the [session list|list of sessions|session browser]",
            "what [opens|shows|brings up] the [list of sessions|session browser|list of chats]",
            "[shortcut|key|command] for [the session list|the list of chats|old "
            "conversations|all sessions]",
            "[go|switch|jump|hop|change] to [another|a different|some other] "
            "[session|conversation|chat]",
            "[hop|flip|alternate] between [sessions|conversations|two chats]",
            "[switch|toggle] [sessions|chats|conversations] [please|how|key|]",
            "[switching|changing|jumping] [between|] [sessions|conversations|chats]",
            "can I [have|keep|hold] [several|many|two|more than one] [conversations|sessions] "
            "[side by side|and switch|]",
            "[several|multiple|many] [chats|conversations] [and switch between them|in tabs|at "
            "once]",
            "[tabs|tab] [of|for] [chats|conversations|sessions]",
            "is there [a list|an overview|a browser|a screen|a menu] of [old chats|my "
            "sessions|past conversations]",
            "do you have [a list|an overview] of [what we talked about before|my chats|the "
            "conversations]",
            "[old|past|former|bygone] [talks|dialogues|discussions|threads] [list|show|where|see "
            "them]",
            "[list|show|see] [old|past|former|all] [talks|dialogues|discussions|threads]",
            "the [list|overview] of [threads|discussions|dialogues|talks]",
            "harmony-tui sessions [list|in the shell|listing]",
            "harmony-tui sessions list [please|what does it show|in the terminal]",
            "[sessions|conversations] on the command line [list|print them|]",
            "[the|] ids of [my|all|the] [sessions|conversations] [list them|]",
            "[list|show|print] the ids of [sessions|conversations]",
            "[/sessions|the /sessions] [screen|list|window|please]",
            "[control and o|ctrl and o|ctrl+o|^O] [what is that|please|]",
            "[my|the] session list is empty [why|where are my chats|]",
            "the [session list|list of conversations] [shows nothing|is empty|does not open]",
            "[a conversation|a chat|my chat] is [missing|not shown] in the [list|session list]",
            "[missing|lost] [a conversation|one of my chats] in the list",
            "[chat|conversation|session] [selector|chooser|switcher|menu|index]",
            "[session|conversation|chat] [switcher|chooser|list] [please|where|key]",
            "[yesterday's|last week's|older|former] [chats|conversations|sessions] [where are "
            "they|list|see them|show them]",
            "I had [several|some|other] [chats|conversations] [last week|before] [where are "
            "they|how do I see them]",
            "[take a look|have a look|look] at [my|the] [earlier|former|saved] "
            "[chats|sessions|conversations]",
            "[everything|all chats] [I had|we had] [so far|until now] [as a list|in a list]",
            "[listing|overview|summary] of [sessions|conversations|what is kept]",
            "what did we talk about [in the past|last month|in other sessions] [a list "
            "please|show me the conversations|list it]",
        ),
        answers=(
            "**Ctrl+O** or `/sessions` shows every conversation that is kept. Type to search "
            "them; **Enter** resumes one.",
        ),
    ),
    Topic(
        name="resume",
        label="resuming a conversation",
        wordings=(
            *command("/resume"),
            *actions(
                "[resume|reopen|take up] [an old|my last|yesterday's|an earlier] "
                "[conversation|session|chat]",
                "[get|go] back to [yesterday's|my last|an old|the previous] "
                "[conversation|session|chat]",
            ),
            "[resume|reopen|reload|restore|pick up] [a|an old|yesterday's|the last|my "
            "previous|an earlier] [conversation|chat|session]",
            "[resume|resuming|resumption of] [a session|sessions|conversations|my last session]",
            "[carry on|go on|continue|pick up] with [yesterday's|my last|an old|an earlier|the "
            "previous] [conversation|chat|session]",
            "[get|bring|fetch] back [yesterday's|my last|an old|the previous|an earlier] "
            "[conversation|chat|session]",
            "[continue|carry on] [where|from where] [we|I] left off [yesterday|last time|last "
            "week]",
            "[pick up|start|begin] where [we|I] left off [yesterday|last time|before]",
            "[start|open|launch] harmony-tui with [the last|my last|an old|yesterday's] "
            "[conversation|session|chat]",
            "[--continue|--resume|-c|-r] [option|flag|please|what is it|]",
            "what [is|does] the [option|flag] [-c|-r|--continue|--resume] [do|for|]",
            "harmony-tui [-c|-r|--continue|--resume|--resume ID]",
            "the last [conversation|session|chat] again [please|]",
            "[how|can] do I [resume|reopen|get back] a session by its [id|number|name]",
            "[my|the] [laptop|computer|terminal|program] [crashed|was closed|restarted] how do I "
            "[resume|get the conversation back|go on]",
            "I [closed|quit|left] the [program|window|terminal] [how do I resume|how do I get "
            "back to the conversation|can I get back]",
            "[back to|return to] [yesterday|yesterday's conversation|my last conversation|an old "
            "session]",
            "[can|may] I [resume|take up|reopen] [a|an old|the] [session|conversation|chat] "
            "[tomorrow|later|after a restart]",
            "[after|following] a restart [go on|resume|carry on] with the "
            "[conversation|session|chat]",
            "[take up|reopen] [the|an old|yesterday's] [thread|conversation|session] "
            "[again|please|]",
            "[the session|the conversation|a session] of [yesterday|last time|this morning] [go "
            "on with it|resume it|reopen it]",
            "[load|reload] [a session|an old conversation|a kept conversation|a previous chat]",
            "[yesterday|last week|this morning] we [talked|spoke|were chatting] [let's go on|can "
            "we continue|how do I go on with that]",
            "[let's|let us|can we] [go on|continue] [where we stopped|from last time|with "
            "yesterday's topic]",
            "where [we|I] [stopped|left off|were] [last time|yesterday] [go on from there|]",
            "[pick|take] up the [thread|threads] [from yesterday|of last time|again]",
            "[rejoin|re-enter|re-open|reenter] [a|an old|my last|yesterday's] "
            "[session|conversation|chat]",
            "[revive|reawaken|bring to life] [an old|a past|a finished] "
            "[session|conversation|chat]",
            "[reload|reopen] what [I|we] had [yesterday|before|open last time]",
            "open [the most recent|the latest|my latest|my most recent] "
            "[session|conversation|chat]",
            "the [most recent|latest|newest] [session|conversation|chat] [open it|go on with "
            "it|resume]",
            "start [where I stopped|with my last chat|in the last session|from the previous "
            "session]",
            "[launch|start|begin] [with|into] the [previous|last|latest] [session|conversation]",
            "start [it|the program|harmony-tui] so that it [goes on|continues|opens the last chat]",
            "which [option|flag] [resumes|continues|reopens] [the last|a] [session|conversation]",
            "[option|flag] [for|to] [resuming|continuing|reopening] the last "
            "[session|conversation]",
            "[the -c|-c|the -r|-r] [flag|option|switch] [please|]",
            "[-c|--continue] [or|versus|vs] [-r|--resume]",
            "what is the difference between [-c and -r|--continue and --resume]",
            "[--resume|-r] with [an id|the beginning of an id|an ID]",
            "harmony-tui [--continue|-c] [what does it do|please|explained]",
            "how do I find the [id|ID] [of a session|for -r|for --resume]",
            "the id [of a session|of my last conversation] to resume it",
            "resume [by id|by its id|with the id|ID]",
            "/resume [ID|an id|the last one|without an id]",
            "[press|hit] enter [on a session|in the session list] [to resume it|]",
            "[can|may] I [continue|go on with] a [chat|session|conversation] from [last "
            "week|yesterday|months ago]",
            "[continue|go on with] [Monday's|last week's|this morning's|last night's] "
            "[chat|session|conversation]",
            "[last night's|this morning's|Monday's|Tuesday's] [session|chat] [again|resume|go on "
            "with it]",
            "I want my [last|previous|latest] [session|chat|conversation] [again|open again|to "
            "go on]",
            "I [want|would like] to [keep talking|go on talking] [where we ended|as we did "
            "yesterday]",
            "[return|get back|go back] to [what we did|where we were] [yesterday|last "
            "week|before I quit]",
            "[go|get|switch] back to [the session before|my previous conversation|the chat I had "
            "open before]",
            "I [quit|left|exited] [too early|by mistake] [how do I go on|how do I get back in]",
            "I [closed|left] the [terminal|window] [and want to go on|how do I go on with my "
            "session]",
            "[reconnect|reattach|get back in] to [a|my|the last] [session|conversation]",
            "[attach|reattach] [to|] a session [like tmux|again|]",
            "[after|following] [a crash|a reboot|quitting] [how do I go on|how do I "
            "resume|resume the chat]",
            "it crashed [how do I continue|how do I get back into my session|let me go on]",
            "[resume|continue] [after|following] a [crash|reboot|restart|break|pause]",
            "after a [break|pause|night's sleep] [go on|continue] with [the|my] "
            "[session|conversation]",
            "[load|open] [the|my] [previous|last|earlier] [session|conversation|chat] [at the "
            "start|when it starts|]",
            "can it [open|load] my last [chat|session] [automatically|by itself] [at the start|]",
            "[always|automatically] [start with|open|resume] the last [session|conversation]",
            "does it [go on|continue] with the last [session|conversation] when I start it",
            "does the model [remember|know] [the conversation|what was said] when I resume [it|a "
            "session]",
            "is [everything|what we said] still [known|there] when I [resume|reopen] [a "
            "session|it]",
            "what [happens|is restored] when I [resume|reopen] a [session|conversation]",
            "what happens to the open [session|conversation] when I resume another",
            "[does|do] [my settings|the temperature] come back when I resume a session",
            "why can I not resume [a session|this one] [that is open in another window|]",
            "the session is [in use|open in another window|locked] [cannot resume|why]",
            "[cannot|can't] [resume|reopen] [a|the|my] [session|conversation] [it is open "
            "elsewhere|why]",
            "[resuming|continuing|reopening] [does not work|fails|is refused]",
            "[resume|continuation|reopening] of [an old|the last|a past] "
            "[conversation|session|chat]",
            "[proceed|press on|move on|keep going] with [my last session|an old "
            "conversation|yesterday's chat]",
            "[unfinished|interrupted|paused] [conversation|session|chat] [go on with "
            "it|resume|continue]",
            "[finish|complete] [yesterday's|an unfinished|an interrupted] "
            "[conversation|session|chat]",
            "[pause|suspend] [a|the|this] [session|conversation] and [go on|resume|continue] "
            "[later|tomorrow]",
            "[come|get] back [tomorrow|later] and [go on|continue|resume] [here|with this chat]",
            "can I [leave|quit] now and [go on|continue] [tomorrow|later]",
            "how do I [go on|continue] [tomorrow|later|next week] with this [session|chat]",
            "[go on|continue|carry on] [in|with] [a saved|a kept|an older] "
            "[session|conversation|chat]",
            "[get|jump|step|dive] back into [a|an old|my last|yesterday's] "
            "[session|conversation|chat]",
            "[reuse|re-use|use again] [an old|a kept|a previous] [session|conversation|chat] "
            "[and go on|]",
            "[retrieve|recall|call up] [my last|yesterday's|the previous] "
            "[session|conversation|chat] [to go on|]",
            "[resume|continue] [session|chat] [please|now|how|command|flag]",
            "[resume|continue|reopen] from the [shell|command line|terminal]",
            "[resume|continue] [it|that one|the chosen one] [please|]",
            "[-p|a one-shot question] [in|with] [an old|the last] session",
            "ask [another|a further] question [in|of] the last session from the shell",
            "harmony-tui -p with [--continue|-c]",
            "[keep|stay] in the same [session|conversation] [after a restart|tomorrow|next time "
            "I start]",
            "[I'm back|back again|here again] [go on with the session|resume my chat|where were "
            "we]",
            "[get|take] me back to [where we were|my last session|yesterday's chat]",
            "[open|go on with] the session [I had|that was open] [before|last|when it crashed]",
        ),
        answers=(
            "`harmony-tui -c` resumes the last conversation, `harmony-tui -r ID` another one. In "
            "the list of **Ctrl+O**, **Enter** resumes the chosen one.",
        ),
    ),
    Topic(
        name="session_search",
        label="searching conversations",
        wordings=(
            *actions(
                "search [my|all|the|old] [conversations|sessions|chats]",
                "[search for|find] [a word|some words|something] in [old|all my|past] "
                "[conversations|sessions|chats]",
                "find what [I|we] said [in another conversation|some time ago]",
            ),
            "[search|searching|full text search|text search|find text] [in|of|through|across] "
            "[my|all|the|old|past] [conversations|sessions|chats]",
            "[search|find] what [I|we|you|was] [said|wrote|asked] [last week|some time ago|in "
            "another conversation|once]",
            "[where|when|in which conversation] did [I|we|you] [say|mention|write|talk about] "
            "[that|this|it|something]",
            "[which|what] [conversation|session|chat] [has|mentions|contains|was about] [a "
            "word|this word|these words|that]",
            "[search|find] [words|a word|a phrase|by words] in "
            "[sessions|conversations|chats|everything that was said]",
            "I [remember|know] that we [talked|spoke] about it [how do I find it|where is it|in "
            "which session]",
            "[conversation|session|chat] [search|finder]",
            "[search|query|comb|scan] [the|my|all] [history|old sessions|old chats|kept "
            "conversations]",
            "is there [a|some] search [for|of|in] [conversations|sessions|old chats|what was said]",
            "[can|could] I search [conversations|sessions|old chats|by a word|for what I said]",
            "harmony-tui sessions search",
            "[find|look for] [an old|a certain|a particular] [conversation|session|chat] by [its "
            "words|a word|what was said|its text]",
            "[search box|search field] [of|for|in] [sessions|the sessions|conversations]",
            "[grep|search] [my|the|all] [sessions|conversations|chats] [for a word|]",
            "I'm looking for [something|a sentence|words] [I said|I wrote|from an old "
            "conversation]",
            "[grep|scan|comb|trawl] [through|] [everything|all] [I ever asked|we ever said|that "
            "was said]",
            "[look|hunt|dig] for [a phrase|a keyword|a term|some text] in [old|past|saved] "
            "[chats|sessions|conversations]",
            "[dig|rummage|trawl] through [old|past|my] [chats|conversations|sessions] for [a "
            "word|something]",
            "[dig up|track down|unearth] [a sentence|an answer|something] from an old "
            "[chat|session|conversation]",
            "[locate|track down|pinpoint] [a|the] [conversation|chat|session] [by a "
            "keyword|about a certain thing|in which I asked that]",
            "[locate|track down] [an answer|a sentence|a piece of code] [I got|you gave me|from] "
            "[last week|some weeks ago|in an old chat]",
            "[keyword|full-text|fulltext|word|phrase] search [in sessions|over chats|of "
            "conversations]",
            "[keyword|keywords] [in|for finding] [old chats|my sessions|past conversations]",
            "search [sessions|chats|conversations] [by date|since a date|of last week for a word]",
            "harmony-tui sessions search [weather|WORD|--since|please]",
            "[--since|since] [a date|] [in|with] sessions search",
            "search only [recent|newer] [sessions|conversations]",
            "in [which|what] [chat|session|talk] did we [discuss|speak of|mention|have] "
            "[it|this|recipes]",
            "[which|what] [old|past] [chat|session] was it [where we talked about this|that had "
            "this word|]",
            "[when|where] did we [discuss|speak about|last mention] [this|that] [in my sessions|]",
            "I [vaguely|] remember [asking|discussing] [that|something like that] [in some "
            "chat|once|find it]",
            "I [know|am sure] I asked [that|this] [before|once|already] [find it|where was it|in "
            "which session]",
            "[have|did] I ever [asked|ask] [you|] [about|] this before [in another session|]",
            "[did|have] we [ever|already] [talk about|discuss|talked about] this [in another "
            "chat|before]",
            "you once [told|gave|explained to] me [something|a recipe|some code] [where is "
            "that|find it|in an old session]",
            "you [told me|explained] [that|this] [last week|a month ago] [where do I find "
            "it|search it]",
            "I need [the|an] answer [you gave me|from] [last month|some weeks ago|long ago]",
            "find [the|that] [answer|code|explanation] [you gave me|from] [last week|last month] "
            "[again|]",
            "find [the|a] chat [about|where I asked about|in which we spoke of] [taxes|my "
            "thesis|cooking|the garden]",
            "find [the|a] [session|conversation] [about|with the word|mentioning|containing] "
            "[python|holidays|invoices]",
            "[which|what] [sessions|chats|conversations] [mention|contain|talk about|have] "
            "[python|my thesis|holidays]",
            "[sessions|chats|conversations] [mentioning|containing|that mention] [a word|a "
            "certain word|a name]",
            "[filter|narrow] [the|my] [session list|list of sessions|sessions|chats] [by a "
            "word|by text|]",
            "[filter|filtering] [of|in] the [session list|list of conversations]",
            "does the search [look at|read|cover] [all that was said|the text|titles|answers too]",
            "what does the [session search|search in the list] [look at|cover|find]",
            "is the search [case sensitive|full text|for whole words] [in sessions|in the list|]",
            "can I search for [two words|several words|a phrase|a sentence] [in sessions|in old "
            "chats]",
            "[two|several|many] words in the [search of sessions|session search]",
            "the search [finds nothing|finds too much|shows no session]",
            "I [typed|entered] a word [in the session list|in the list of conversations] [and "
            "nothing is found|what happens]",
            "where do I [type|enter] the [search words|word to look for] [for sessions|]",
            "[is there|do you have] a [search box|search field|find function|search engine] for "
            "[old chats|sessions|conversations]",
            "[search|find] function [for conversations|of sessions|for old chats]",
            "how do I [look up|search for|find] [a word|something] [in all my chats|across "
            "sessions|in everything we said]",
            "[search|look|find] across [all sessions|all conversations|every chat|everything]",
            "[search|look] [everywhere|in all of them|in all chats] for [a word|that|a text]",
            "[search|query] [what was said|the archive|the session files|past talks]",
            "[search|look] in [previous|earlier|former] [talks|discussions|dialogues|threads]",
            "[my|the] [history|archive|past] [searchable|search|can I search it]",
            "are [conversations|sessions|old chats] [searchable|indexed]",
            "make [my chats|conversations|the archive] searchable",
            "[searching|querying|combing] [the past|former sessions|old conversations|all chats]",
            "[search|find] [by|with] [content|text|words] not by title [in sessions|]",
            "find a [session|chat|conversation] by [content|keyword|topic|subject|what is in it]",
            "I [forgot|don't know] which [session|chat|conversation] [it was in|had that|holds it]",
            "it was in [some|one] of my [sessions|chats] [but which|find it]",
            "I have [hundreds of|so many|a lot of] [sessions|chats] [how do I find the one "
            "about|find one by a word]",
            "[needle in a haystack|impossible] to find [one sentence|a word] in [so many "
            "sessions|all my chats]",
            "[which|what] key [searches|looks through] [sessions|my conversations|old chats]",
            "[which|what] command [searches|greps|looks through] [the sessions|old "
            "conversations|everything]",
            "[search|grep] [sessions|conversations] [from|in] the [shell|terminal|command line]",
            "[ripgrep|grep|rg] [over|through|on] [the session files|my chats|the JSONL files]",
            "a [word|name|term] [mentioned|used] [in some session|in an old chat] [find it|where|]",
            "[text|word|phrase] [lookup|finder|retrieval] [in chats|in sessions|across "
            "conversations]",
            "I want to [find|see] [all|every] [session|chat|conversation] [with a word|about one "
            "thing|that mentions it]",
            "[quote|passage|sentence|snippet] from [an old|a past|some] [chat|session] [find "
            "it|search]",
            "[discover|find out] in which [session|conversation] [something was said|I asked that]",
            "[look|search] [back|] through [months|weeks] of [chats|conversations] for [a "
            "word|one answer]",
            "[help me|] find [that old|the] [discussion|exchange|talk] [about something|where we "
            "spoke of it|by its words]",
            "[session|sessions|chat] search [please|command|key|how|in the shell]",
            "[full|complete] text of all [sessions|chats] [search it|how do I search it]",
            "[search|find] [names|numbers|code|links] in [former chats|old sessions|all "
            "conversations]",
            "I [can't|cannot] find the [sentence|passage|word] in [any|my] [session|chats] [any "
            "more|]",
            "which [talks|sessions|chats] had [this phrase|the name|that term] in them",
            "[occurrences|mentions|hits] of a [word|name|phrase] in [my sessions|all chats]",
            "find [every|each] [mention|occurrence] of [a word|a name] in [the sessions|old chats]",
        ),
        answers=(
            "Press **Ctrl+O** and type some words: the conversations that have them are listed. "
            "In a shell, `harmony-tui sessions search` does the same.",
        ),
    ),
    Topic(
        name="rename",
        label="the title of a conversation",
        wordings=(
            *command("/rename"),
            *actions(
                "[rename|retitle] [this|the|my|a] [conversation|session|chat]",
                "[give|change] [this|the|a] [conversation|session|chat] [a title|a name|the "
                "title of]",
                "[choose|write|set] the title of [this|the|a] [conversation|session|chat]",
            ),
            "[rename|retitle|entitle|renaming] [a|the|this|my] [session|conversation|chat]",
            "[title|name|heading] of [the|this|a|my] [session|conversation|chat]",
            "[change|set|edit|give] the [title|name] of [the|this|a|my] "
            "[session|conversation|chat]",
            "[call|name] this [conversation|session|chat] [something else|otherwise|differently]",
            "[another|a different|a new|a better] [title|name] for [this|the|my] "
            "[conversation|session|chat]",
            "[session|conversation|chat] [title|titles|name|names|renaming]",
            "where does the [title|name] of [a|the] [session|conversation] come from",
            "[what|who] [decides|chooses|makes] the [title|name] of a [conversation|session]",
            "the [title|name] of this [conversation|session] is [wrong|bad|silly|too long]",
            "[can|may] [conversations|sessions|chats] have [titles|names]",
            "[conversations|sessions] with [titles|names] [please|]",
            "rename [please|it|that session|TITLE]",
            "label this [conversation|session|chat] [please|]",
            "harmony-tui sessions rename",
            "[conversation|session|chat] [needs|without] a [title|name]",
            "[give|find] it a [title|name|better title]",
            "[title|titles] [please|of sessions|of conversations|change]",
            "[rename|retitle|title] [it|this|this one] [please|to something else]",
            "[new|better|other|own] [title|name] [for|of] [a|the|this|my] "
            "[conversation|session|chat]",
            "[how|where] [is|do I set] the [title|name] of [a|the|this] [conversation|session]",
            "[name|title|entitle] [the|this|my|a] [conversation|session|chat] [please|]",
            "[untitled|unnamed|nameless] [conversation|session|chat] [give it a title|]",
            "[this|my] [chat|session|conversation] [should|must|shall] be [called|named|titled] "
            "[something else|differently|otherwise]",
            "[call|name] it [something else|differently] [in the list|in the session list|]",
            "[caption|headline|label|name tag] [for|of|on] [this|a|my] [session|conversation|chat]",
            "[put|stick|write] a [label|name|title|caption] on [this|a] "
            "[conversation|session|chat]",
            "[assign|attach|add] a [name|title|label] to [this|the|a] [chat|session|conversation]",
            "[label|tag|caption|christen|baptise] [a|the|my|this] [session|conversation|chat]",
            "[relabel|re-title|rechristen|re-name] [a|the|this] [session|conversation|chat]",
            "[names|titles|labels] [for|of] [my|the] [sessions|conversations|chats] "
            "[change|choose|]",
            "[all|many of] my [sessions|chats] have [silly|similar|the same] [names|titles]",
            "[the|its] [title|name] [does not fit|is misleading|says nothing|is ugly] [change "
            "it|how do I change it|]",
            "[the|this] [session|chat] has [the wrong|a stupid|no|an ugly] [title|name]",
            "[why|how] is [this|my] [session|chat|conversation] called [that|like this|after my "
            "first words]",
            "why does the [title|name] of a session [consist of|show|repeat] my [first "
            "words|first question]",
            "how does a [session|conversation|chat] get its [title|name]",
            "[automatic|default] [title|name] of [a|the] [session|conversation]",
            "[where|how] does it [get|take] the [title|name] [of a session|for a conversation] "
            "from",
            "[does|can] the [model|program] [choose|invent|make up] [a title|the title|titles] "
            "[for the session|]",
            "[remove|delete|drop|take away] the [title|name] of [a|the|this] "
            "[session|conversation|chat]",
            "[empty|no] title [for|of] [a|the] [session|conversation]",
            "[restore|bring back|reset] the [automatic|old|first] [title|name] of [a|the] "
            "[session|conversation]",
            "[a short|a long|a sensible|a meaningful|a proper] [name|title] for [the|this] "
            "[session|conversation|chat]",
            "I [want|need|would like] [sensible|proper|meaningful] [names|titles] for my "
            "[sessions|chats|conversations]",
            "[the letter r|r|pressing r] [in|on] [the session list|the list of sessions|a "
            "session in the list]",
            "what does r do in the [session list|list of conversations]",
            "/rename [my first chat|recipes|holiday plans|TITLE|without a title]",
            "[which|what] [command|key] [renames|retitles|names] [a|the|this] "
            "[session|conversation|chat]",
            "[key|command|shortcut] [for|to] [renaming|rename|retitle] [a|the] "
            "[session|conversation]",
            "[rename|retitle] [an old|another|a kept|an earlier] [session|conversation|chat]",
            "[rename|name] [a session|a chat] [in the list|from the list|from the shell]",
            "harmony-tui sessions rename [ID|TITLE|please|from the shell]",
            "[can|could] [I|you] [name|label|title|rename] [this|our] [chat|talk|discussion]",
            "[give|find|think of] a [name|title] for [our|this] [talk|chat|discussion]",
            "[our|this] [talk|discussion|dialogue|thread] [needs|has no|without] a [name|title]",
            "[title|name|rename|retitle] [our|the] [talk|discussion|dialogue|thread]",
            "[change|alter|modify|correct] [what|how] [this|the] [session|chat|conversation] is "
            "called",
            "[alter|correct|amend|fix|improve] the [name|title] of [this|the|a] "
            "[session|conversation|chat]",
            "[typo|mistake] in the [title|name] of [the|a|this] [session|conversation|chat]",
            "[session|chat|conversation] [is|was] [named|called|titled] [wrongly|badly|after my "
            "typo]",
            "[naming|labelling|labeling|titling] [of|] [sessions|conversations|chats|this chat]",
            "[so that|to] I [recognise|recognize|find] [this chat|it] by its [name|title] [later|]",
            "a [name|title] [by which|so that] I [find|recognise] [the|this] "
            "[session|conversation]",
            "what [can|may] a [title|session name] be [like|]",
            "how long [can|may] a [title|session title|session name] be",
            "[show|where is] the [title|name] of [this|the open] [session|conversation]",
            "[what|which] is the [title|name] of [this|the current|the open] "
            "[session|conversation|chat]",
            "is the [title|name] [kept|saved] [in the session file|with the session|]",
            "[two|several] [sessions|chats] with the same [name|title]",
            "[title|name] [it|this chat|this session] [recipes|holidays|homework|my project]",
            "[call|name] this [chat|session|conversation] [recipes|holidays|homework|my project]",
            "[rename|naming|title] [session|chat] [please|how|command|key]",
            "[file|session] name [of the session|of a conversation] [into something "
            "readable|change]",
            "[this|the] [heading|headline|caption] of the [session|chat] [is wrong|change it|edit]",
            "I want to [call|name|title] this [session|conversation|chat] [myself|after the "
            "project|holidays]",
            "[invent|pick|set|choose] a [better|new|good] [name|title] for [the session|this chat]",
        ),
        answers=(
            "`/rename TITLE` gives the conversation a title. In the list of **Ctrl+O**, `r` "
            "renames the chosen one.",
        ),
    ),
    Topic(
        name="fork",
        label="forking a conversation",
        wordings=(
            *command("/fork"),
            *actions(
                "[fork|branch off|duplicate|clone] [this|the|my] [conversation|session|chat]",
                "go on in a [copy|fork|duplicate] of [this|the] [conversation|session]",
            ),
            "[fork|forking|forks|forked] [please|a session|a conversation|the "
            "conversation|it|here]",
            "[duplicate|clone|split off|branch off] [the|this|my|a] [session|conversation|chat]",
            "[a|make a] [copy|duplicate|clone|fork] of [this|the] [session|conversation] to [go "
            "on in|try something|experiment]",
            "[branch|branching] off [from here|here|at this point|into a new session]",
            "[try|follow] [another direction|something else|another path] [from here|in a "
            "copy|without losing this]",
            "[keep|leave] this [conversation|session] as it is and go on in [a copy|another one]",
            "[experiment|play around] without [spoiling|changing|touching] this "
            "[conversation|session]",
            "[what|when] is [a fork|forking|a forked session] [for|good for|]",
            "[split|divide] [the|this] [conversation|session] [in two|here|]",
            "a [second|parallel] [session|conversation] that [holds|begins with] what was said "
            "[so far|up to here]",
            "[session|conversation|chat] [fork|clone|duplicate|copy]",
            "[two|several] [sessions|conversations] from [one|the same beginning]",
            "[go on|carry on|continue] [separately|elsewhere] [from here|with a copy]",
            "[side|parallel] [track|branch|line] [of the conversation|from here]",
            "fork [it|this|here|now|the session]",
            "make a [twin|replica|double] of [this|the] [session|conversation|chat]",
            "[replicate|clone|mirror] [this|the current] [session|conversation|chat] [and go on "
            "there|]",
            "I want to [try|test|explore] [a different direction|two directions|an alternative "
            "path] [without losing this chat|in a separate session]",
            "[explore|pursue] [a tangent|a side track|a what-if] [in a separate session|in a copy]",
            "go off on a tangent [in another session|and keep this conversation clean]",
            "[split|branch] [off|away] [here|from this point] into a [session|conversation] of "
            "its own",
            "[spin|peel|break] off a [new session|copy|separate conversation] from [here|this one]",
            "[spin off|spinoff|spin-off] [of this session|of this conversation|]",
            "[start|open] a new session [with|holding|that keeps] [what was said so "
            "far|everything up to here|this history]",
            "a new session [with the same beginning|with this history|that remembers this "
            "conversation]",
            "[carry|take] [what we said|this history|everything up to now] into a new session",
            "new session but keep [the history|what was said|everything so far]",
            "[same|identical] [history|beginning] but a [new|separate|second] session",
            "[leave|keep] the original [session|conversation] [untouched|unchanged|as it is] and "
            "[go on|continue] in [a copy|a clone]",
            "is the original [session|conversation] [changed|touched|lost] [by|after] a fork",
            "what [happens to|becomes of] the [old|original|first] session [when|after] I fork",
            "does forking [copy|keep|change] the [old|original] [session|conversation]",
            "[where|what] does a fork [begin|start|hold|contain]",
            "does the fork [hold|contain|remember] what [was said before|we said so far]",
            "how do I get back [from a fork|to the original after a fork]",
            "[return|go back] [from the fork|from the copy] to the [original|first] session",
            "[fork|copy|f] in the [list of sessions|session list]",
            "what does f do in the [session list|list of sessions|list of conversations]",
            "the [letter|key] f [in|on] the [list of sessions|session list]",
            "f on a session in the list",
            "[press|hit] f [in the list|on a session] to [copy|fork] it",
            "go on in a copy [of another session|of an old session|from the list]",
            "[continue|carry on] an old [conversation|session] in a copy [and leave it as it is|]",
            "[open|use] an old session as a [starting point|template|basis] for a new one",
            "use [this conversation|a session] as a [template|starting point|basis] [for "
            "another|for several]",
            "[two|three|several] [continuations|follow-ups|lines] of [one|the same] conversation "
            "in [separate sessions|their own files]",
            "[parallel|alternative|divergent] [sessions|continuations|conversations] [from "
            "here|from one point]",
            "[diverge|fork off|branch out] [from here|at this point|now]",
            "[forking|branching] a [session|conversation] [how|please|what for|explained]",
            "fork [or|versus|vs] [edit|branch|new]",
            "what is the difference between [a fork and a new session|forking and editing|/fork "
            "and /new]",
            "[why|when] [should|would] I [fork|clone] a [session|conversation]",
            "[can|may] I [fork|clone|duplicate] [a|this] [session|conversation|chat] [in the "
            "middle|at any time|]",
            "is there [a fork command|a clone button|a way to duplicate the session]",
            "[the|a] [key|command] [that forks|to fork|for forking] [the session|a conversation|]",
            "[like git|as in git] [branch|fork] [the conversation|this session]",
            "git branch but for [conversations|chats|this session]",
            "[duplicate|copy] [tab|session] [and go on there|]",
            "[clone|copy] the session [before I try something risky|first|and continue]",
            "[make|take|have] a [backup copy|safe copy] of this session and [go on in "
            "it|experiment]",
            "[a|take a] [snapshot|checkpoint] of [this|the] [session|conversation] [before I go "
            "on|to come back to|]",
            "[set|make] a [checkpoint|save point|branch point] in [this|the] "
            "[conversation|session]",
            "I want to be able to [return|come back] to this point [later|in the conversation] "
            "[make a copy|]",
            "[test|try] a [risky|wild|silly] question without [polluting|messing up|spoiling] "
            "this [session|conversation]",
            "[ask|try] something [on the side|aside] without [disturbing|cluttering] this "
            "[session|conversation]",
            "[sidetrack|side question|digression] in [a copy|a separate session|a fork]",
            "a [sandbox|playground] copy of this [conversation|session]",
            "[what if|suppose] I want [two|both] [directions|continuations] [of this session|]",
            "[one|a] conversation [becomes|into] two [sessions|]",
            "[bifurcate|cleave|divide] the [session|conversation]",
            "[session|conversation] [cloning|forking|duplication|copying|splitting] [please|]",
            "[cloned|duplicated|forked|copied] [session|conversation] [where|what is it|]",
            "the [fork|clone] of [a|this|my] [session|conversation] [where is it|is it listed|]",
            "does a fork [get|have] its own [file|title|id]",
            "is a fork [a new file|saved separately|in the list of sessions]",
            "[both|the fork and the original] [kept|in the list of sessions]",
            "[forked|cloned] by mistake [how do I go back|what now]",
            "[fork|clone|duplicate] [the present|the current|the open|my current] "
            "[session|conversation|chat]",
            "[do|make|create|take] [a|another] [fork|clone|duplicate] [please|now|here|]",
            "[let me|I'd like to] [branch off|fork|split off] [here|at this point|the session]",
            "[please|] [fork|clone|duplicate] [our|my] [discussion|dialogue|thread]",
            "[our|this] [discussion|thread|dialogue] [in a copy|twice|as a duplicate to go on in]",
            "go on in [two directions|another session with this history|a clone]",
            "[session|chat] with the same [past|context|history] [as this one|up to here]",
            "the session is open [in another window|elsewhere] [can I go on in a copy|how do I "
            "copy it]",
            "[make|open|start] a [side branch|parallel session|second line] [from here|of this "
            "conversation]",
            "[I'd like|I want] a [clone|duplicate|twin] of [this|the] [session|conversation|chat]",
            "[this|the] [session|chat] [twice|two times|in duplicate] [please|so I can go on in "
            "both]",
            "[continue|carry on|proceed] in a [clone|duplicate|twin] of [this|the] [session|chat]",
            "what does [forking|a fork|branching off] do to [my|the] [session|conversation]",
            "[forked|branched off] [session|sessions] [explained|what are they|please]",
            "how many [forks|clones|branches off] can a [session|conversation] have",
            "[take|try] both [roads|ways|paths] [from here|of the conversation] in two sessions",
            "[new|separate] session [from|out of] this [conversation|point|message] on",
        ),
        answers=(
            "`/fork` goes on in a new session that holds the conversation up to here. The old "
            "one stays as it was.",
        ),
    ),
    Topic(
        name="edit",
        label="editing a message",
        wordings=(
            *command("/edit"),
            *actions(
                "[edit|change|correct|reword|rephrase] [my|a] [last|earlier] "
                "[message|question|words]",
                "[fix|correct] a [typo|mistake|spelling mistake] in my [message|question]",
                "ask my last question in [another way|other words]",
            ),
            "[edit|editing|reword|rephrase|correct|revise] [my|the|a] [message|question|last "
            "question|last message|words]",
            "[edit|change] what I [said|asked|wrote|typed] [before|earlier|]",
            "I [made|have] a [typo|mistake|spelling mistake] in my [question|message|last "
            "question]",
            "I [asked|said|wrote|typed] [it wrongly|the wrong thing|nonsense|that badly] [can I "
            "change it|how do I edit it|]",
            "[ask|put] [it|my question] in [another way|other words|different words] [and keep "
            "both|]",
            "[revise|amend|alter] my [last|] [words|message|question]",
            "[can|may] I [edit|change|correct] a message [I sent|after sending it|that was sent|]",
            "[my|the] question [was|is] [wrong|badly put|misspelled] [edit it|how do I change it|]",
            "edit [please|an earlier question|the second question|a sent message|NUMBER]",
            "[message|question] [editing|correction|editor]",
            "[typo|typos|spelling mistake] in [my|the] [message|question|last message] [fix it|]",
            "[edit|change|correct|amend] [it|that|this] [after sending|after I sent it|]",
            "[earlier|last|sent|previous] [message|question] [edit|change|correct|reword|rewrite]",
            "[rewrite|reword|retype] [what I asked|my question|my last message|the question]",
            "[wrong|misspelled|mistyped] [question|message|word in my question] [change "
            "it|correct it|edit]",
            "[oops|sorry|damn] [typo|I mistyped|I misspelled that] [let me fix it|can I correct "
            "it|how do I change my message]",
            "I [misspelled|mistyped|botched] [a word|a name|something] in [my question|what I "
            "sent|my last message]",
            "there is [an error|a slip|a mistake|a typo] in [what I sent|my question|my last "
            "message] [how do I fix it|]",
            "I [forgot|left out] [a word|something|half of it] in my [question|message] [can I "
            "add it|how do I change it|]",
            "[add|insert] [a word|something] [to|in] [the question I sent|my last question|a "
            "sent message]",
            "[change|alter|modify|adjust] [the|my] [question|message|wording] I [sent|just "
            "sent|sent before]",
            "[modify|tweak|adjust|polish|improve] [my|the] [last|sent|previous] "
            "[question|message|wording]",
            "[my|the] last [message|question] [needs|has] a [fix|correction|mistake]",
            "[change|alter|modify] an [older|earlier] [question|message] [of mine|further up|in "
            "the middle]",
            "[go|step] back [and|to] [change|edit|reword] [an earlier question|my question|what "
            "I asked]",
            "go back two [questions|messages] and [change|reword|edit] [it|one|that]",
            "[edit|change|reword] my [first|second|third] [question|message] [in this chat|]",
            "/edit [2|3|1|NUMBER|with a number]",
            "what does the number [after|in] /edit [mean|do]",
            "[can|could] I [take back|recall|withdraw] [a|my] sent [message|question] and "
            "[change|reword] it",
            "I [sent|submitted] [it|my question] [too early|too soon|before it was finished] "
            "[can I change it|how do I complete it]",
            "I [hit|pressed] enter [too early|too soon|by accident] [can I edit what I sent|how "
            "do I change the message]",
            "[message|question] [sent|submitted] by [mistake|accident] [change it|edit it]",
            "is there [an edit button|a pencil|an edit command] [for my messages|like in ChatGPT|]",
            "in ChatGPT I can edit my [message|question] [and here|can I here too]",
            "[where|how] is the [edit|pencil] [button|icon|command] [for a message|]",
            "[my|the] [question|message|wording] was [unclear|ambiguous|clumsy|too vague|too "
            "short] [let me reword it|change it|]",
            "[you|the model] misunderstood because of my [wording|typo] [let me change it|how do "
            "I edit it|]",
            "I [meant|wanted to write|should have asked] something [else|different] [can I "
            "change my question|let me edit it]",
            "[let me|I want to] [rephrase|reformulate|restate] [that|my question|what I asked|it]",
            "[reformulate|restate|recast|paraphrase] my [question|message|last words]",
            "[reformulation|rephrasing|rewording|correction] of [my|a|the] [question|message]",
            "[touch up|patch|mend|repair] my [last|] [question|message]",
            "my question [with|but with] [better words|other numbers] [without typing it "
            "anew|edit it]",
            "[change|swap] one word [in|of] my [last|] [question|message]",
            "[change|replace] [a number|a word|the name] in [what I asked|my last question|the "
            "sent message]",
            "put my last [question|message|words] back [into|in] the [prompt box|box|input]",
            "[get|bring|fetch] my last [question|message] back into the [prompt|box|prompt box] "
            "[to change it|to correct it]",
            "[pull|take] my [question|message] back [into the prompt box|to edit it|to change it]",
            "[what|which] [command|key] [edits|changes|corrects] [my|a] [message|last "
            "message|question]",
            "[the|a] [command|shortcut] [for|to] [editing|edit|correcting] [my|a] "
            "[message|question|last question]",
            "does editing [delete|lose|remove|replace] [what followed|the answers after it|the "
            "old question]",
            "what happens to [the answers|what follows|what came after] when I edit [a "
            "question|an earlier message]",
            "what happens when I [edit|change|correct] [a|my|an earlier] [message|question]",
            "[leave|cancel|abort|stop] [editing|the edit|the editing of a message]",
            "[esc|escape] while [editing|I edit] [a message|my question]",
            "I am editing [a message|my question] [how do I cancel|and want to stop|and changed "
            "my mind]",
            "[edit|fix|amend] [the previous|the preceding|an older|my very first] "
            "[question|message|input|turn]",
            "[edit|change|fix] [my|the] [input|entry|turn|prompt] [after sending|that I "
            "sent|from before]",
            "[correct|fix|repair] [my|the] [spelling|grammar|wording] [in the message I sent|of "
            "my question|in my last question]",
            "[spelling|grammar|wording] of my [last|sent] [question|message] [is "
            "wrong|fix|change it]",
            "[wrong|mistaken|incorrect] [number|name|word] in my [last|] [question|message]",
            "I [gave|typed|wrote] the wrong [number|name|date|word] [in my question|in the "
            "message|] [let me change it|can I edit it]",
            "I'd like to [amend|alter|revise|retouch] [what I wrote|my message|the last question]",
            "[could|can] [we|I] [amend|revise|redo] my [question|message] [please|]",
            "[editing|changing|correcting|amending|revising] [a|my] [sent|previous|earlier|last] "
            "[message|question]",
            "[edited|corrected|changed] [message|question] [send again|how|]",
            "[resend|send again] [my question|the message] [corrected|with a change|without the "
            "typo]",
            "[ask|send] it again [corrected|with other words|with a small change|without the typo]",
            "[my|a] [blunder|slip|slip of the pen|goof] in the [message|question] [I sent|]",
            "[message|question] [I sent|already sent] [edit|change|correct|fix] [please|possible|]",
            "[is|are] sent [messages|questions] [editable|changeable|fixed for ever]",
            "what I [wrote|sent|asked] [was wrong|contains a mistake|is misspelled] [correct "
            "it|change it|how to edit]",
            "[change|edit] my [mind about|] the [wording|question] [after sending|that I sent]",
            "[edit|correct] [message|question] [how|please|command|key|shortcut]",
        ),
        answers=(
            "`/edit` puts your last words into the prompt box: change them and press **Enter**. "
            "Both versions are kept.",
        ),
    ),
    Topic(
        name="versions",
        label="the versions of an answer",
        wordings=(
            *command("[/older|/newer]"),
            *key("Alt+Left", "Alt+Right", "alt left", "alt right"),
            *actions(
                "[see|show] [the answer|the version] before [again|]",
                "[walk|switch|go] between [the|] versions [of an answer|of a question|]",
            ),
            "[older|newer|earlier|previous|next|other] [version|versions] [of the answer|of the "
            "question|of what I said|please|]",
            "[the|show the|back to the] [first|earlier|older|replaced|previous] [answer|version] "
            "[after a retry|before the retry|after an edit]",
            "[can I go back to|can I see|where is] the [first|old|earlier] answer after [a "
            "retry|retrying|regenerating]",
            "[branch|branches|sibling|siblings] [of the conversation|of an "
            "answer|please|explained|]",
            "[compare|see] [the two|both|all|several] [versions|answers|attempts]",
            "[which|what] version [is shown|am I looking at|of the answer is this]",
            "[how many|several|all] versions [of an answer|of a question|are there|are kept]",
            "what [does|is] [answer 2/3|answer 1/2|question 2/2] [mean|]",
            "[undo|reverse|take back] [a retry|an edit|the edit|the retry]",
            "[is|are] the [old|earlier|replaced] [answers|versions|answer|version] "
            "[kept|lost|gone]",
            "[walk|step|move] [through|between] [branches|versions|siblings]",
            "[the|a] version [before|after] [this|this one|the edit]",
            "I [liked|preferred|want] the [first|older|earlier|previous] [answer|version] "
            "[better|back|]",
            "[flip|cycle|leaf|page|toggle] [through|between] [the|] [versions|attempts|variants "
            "of the answer]",
            "[flip|leaf|go] back to [the|your] [first|previous|earlier] [attempt|answer|try]",
            "[bring|get] back the [answer|reply] [from before|that I replaced|before the retry|I "
            "had first]",
            "what happened to [my first answer|the first version|the replaced answer]",
            "where did the [first|old|previous] [answer|reply|version] go [after the retry|after "
            "F9|after I edited]",
            "I [retried|regenerated|pressed F9] and [the old answer|the first one] [was "
            "better|is gone|I want it back]",
            "the [retry|second answer|new version] is [worse|bad] [show the first|go back to the "
            "old one|how do I get the old one]",
            "[the|your] [old|first|earlier] answer was [better|nicer] [how do I get it back|show "
            "it again|]",
            "the [previous|earlier|first] [attempt|reply|variant] [please|again|show it]",
            "[show|give|display] me the [previous|earlier|older|newer|next] "
            "[version|variant|attempt]",
            "[older|newer|previous|next] [variant|attempt|try|alternative|sibling] [please|of "
            "the answer|]",
            "[go|step|move|switch] to the [older|newer|next|previous|latest] version",
            "[what|which] [key|keys] [switch|change|walk] between [versions|attempts|the answers "
            "to one question]",
            "[key|command|shortcut] [for|to see] the [older version|newer version|previous "
            "answer|other answers]",
            "[what does|why does it say] [1/2|2/2|2/3|3/3] [mean|] [on|in] the frame",
            "[answer|question] [2/2|1/3|3/4] [on the frame|in the frame|what does it mean|]",
            "the [fraction|little numbers|counter] [in the frame|at the frame|by the answer]",
            "the frame [says|shows] [answer 2/3|question 1/2|answer 3/3] [why|]",
            "numbers like [2/3|1/2] [in the frame|at the top of the conversation]",
            "[how many|which] [attempts|variants|alternatives] [are there|were made|are kept]",
            "[are|is] [all|every] [attempts|versions|variants|attempt] [kept|saved|stored]",
            "does [a retry|an edit|F9|editing] [overwrite|replace|lose|destroy] the [old "
            "answer|old version|first answer]",
            "[nothing|is anything] [overwritten|lost] [by a retry|when I edit|after editing]",
            "is the [old|original|first] [question|wording] [kept|lost|still there] after [an "
            "edit|editing]",
            "[get|bring] back [my|the] [original|old|first] [question|wording] [after the "
            "edit|before I edited it|]",
            "[I edited|after editing] my question [where is the old one|can I see the old "
            "one|how do I get back]",
            "[see|view|look at] [both|the two|all three] [answers|versions|attempts] [one after "
            "the other|to the same question|]",
            "compare [two|both|several] [answers|attempts|versions] to [one|the same] question",
            "[choose|pick|select] [between|among|from] [the|several|two] "
            "[versions|attempts|variants]",
            "[choose|pick|keep|use] the [first|better|second|older] [version|attempt|variant]",
            "[go on|continue|carry on] [from|with] the [older|first|other|earlier] version",
            "which [version|variant|branch] does the [conversation|model|next question] "
            "[follow|go on from|use]",
            "if I [ask|go on] now which version [counts|does it follow|does the model see]",
            "does the model see [the other|all|the hidden|the older] [versions|branches|attempts]",
            "[branches|tree|branching] of [answers|versions|a question]",
            "[tree|branches] [inside|in|within] [this|one|the] [conversation|session]",
            "[walk|navigate|climb] the [tree|branches] [of the conversation|of versions|]",
            "[navigate|move|browse] [between|among] [versions|branches|siblings|attempts]",
            "[show|switch to|see] the other [branch|version|attempt|variant]",
            "[back|forward|forwards] one [version|branch|attempt]",
            "[alt|option] [and|plus|with] [left|right] [arrow|]",
            "[alt|option] [arrow|arrows|arrow keys] [do what|what for|]",
            "[alt|option] left [does not work|does nothing|moves by words] [versions|]",
            "what do the arrow keys with [alt|option] do",
            "[/older|older] [and|or] [/newer|newer]",
            "[/older|/newer] [does nothing|says there is none|no other version]",
            "there is [no other|only one] version [it says|why]",
            "[can|may] I [see|have|get at] [replaced|former|discarded|superseded] "
            "[answers|attempts|versions]",
            "[replaced|superseded|discarded|former] [answer|version|attempt] [where|show "
            "it|bring it back]",
            "[revert|roll back|rollback] [to|] the [first|previous|older|original] "
            "[version|answer]",
            "[revert|undo|roll back] [my edit|the edit|the retry|the regeneration]",
            "how do I [undo|revert|reverse] [a regenerate|a retry|an edit|the edit of my question]",
            "[ctrl z|undo] [after a retry|after an edit of a question]",
            "[delete|remove] [a version|one version|the worse attempt]",
            "[previous|prior|preceding|foregoing] [version|variant] [of the reply|of my "
            "question|please]",
            "[version|versions] [switch|switching|history|navigation|control of answers]",
            "[history|list] of [versions|attempts|the answer's versions]",
            "[alternatives|attempts|variants] [already made|already written|that are kept] "
            "[show|walk through|]",
            "[two|three|several] [versions|attempts] [exist|were written] [how do I see the "
            "other|show the first]",
            "[between|among] the [attempts|versions] [back and forth|switch|]",
            "[going|switching|walking|stepping] [back and forth|back|] between "
            "[versions|attempts|branches]",
            "I [can't|cannot] [see|find] the [other|older|first] [version|attempt] [any more|]",
            "[return|get] to the [version|branch|attempt] [before|from before|I liked]",
            "[latest|newest|last] version [again|please|of the answer]",
            "[how do I get|back] to the [newest|latest] [version|attempt|branch]",
            "[sibling|siblings|branch|variant] [left|right|before|after this one]",
            "the answer [I had|that was shown] before [I pressed F9|the retry|regenerating] "
            "[again|please|]",
            "[earlier|older] [reply|response] to [the same|this|that] question [again|show it|]",
            "[see|show] [what you said|the answer] before [I regenerated|the last retry|I "
            "pressed F9]",
            "[swap|exchange] the [shown|present] version [for|with] the [older|other] one",
            "the [earlier|other] [branch|attempt] [please|is gone|where is it]",
        ),
        answers=(
            "`/older` and `/newer` walk between the versions of what was edited or answered "
            "anew. Nothing is lost: all versions are kept.",
        ),
    ),
    Topic(
        name="export",
        label="exporting a conversation",
        wordings=(
            *command("/export"),
            *actions(
                "export [this|the|my|a] [conversation|session|chat]",
                "[write|copy] [this|the] [conversation|session|chat] [to|into] a file",
            ),
            "[export|exporting|exports] [please|a conversation|a session|the session|this "
            "chat|to a file]",
            "[export|download|extract] [our|the|a|my] [chat|conversation|session] as "
            "[text|Markdown|HTML|a web page|JSON|a file]",
            "[conversation|session|chat] [as|to|in] [Markdown|HTML|a web page|text|a text "
            "file|JSON]",
            "[share|send|show] [this|the|a] [chat|conversation|session] [with|to] [a friend|a "
            "colleague|others|somebody]",
            "[which|what] [formats|formats of export|endings] [can I export to|are there for "
            "export|can a conversation be written in]",
            "[convert|turn] [this|the|a] [conversation|session] [to|into] [Markdown|HTML|text|a "
            "web page|JSON]",
            "[write|save|copy|back up] [the|this] [conversation|chat] to [a file|a text "
            "file|another file]",
            "[a|make a] [Markdown|HTML|text] [file|copy|version] of [this|our|the] "
            "[conversation|session|chat]",
            "[can|may] I [export|share|publish|hand on] [this|the|a] [conversation|session|chat]",
            "[formats|endings|file types] [of|for] [an export|exporting|export]",
            "[export|write] to [Markdown|HTML|a web page|OpenAI's format|a text file]",
            "harmony-tui export",
            "[publish|post] [this|the] [conversation|chat] [as a web page|on my site|]",
            "[transcript|copy] of [this|the|our] conversation [as a file|to share|in "
            "Markdown|for others]",
            "[print|printing] [this|our|the] [conversation|chat|dialogue] [on paper|out|]",
            "I [want|need] [this conversation|our chat|this dialogue] as a [PDF|document|Word "
            "file|text document]",
            "[make|produce|create] a [document|report file|web page|text file] [of|from] [this "
            "conversation|our chat]",
            "[dump|write out|spit out] [this|the whole|our] [conversation|chat|dialogue] [to a "
            "file|as text|as JSON]",
            "[/export|export] chat.md",
            "/export [talk.html|chat.json|notes.txt|FILE.md]",
            "[what|which] endings does /export [know|take|understand]",
            "which file [ending|suffix|extension] gives [HTML|Markdown|JSON|text] [in an "
            "export|when exporting]",
            "[a web page|an HTML page|HTML] of [this chat|our conversation|the session]",
            "[email|mail|send] [this|our] [conversation|chat] to [my boss|a friend|someone|my "
            "teacher]",
            "how do I [hand|pass] [this conversation|our chat] [on|over] to [a "
            "colleague|others|someone else]",
            "my [teacher|boss|colleague|friend] wants to [read|see] [our chat|this conversation] "
            "[how do I send it|]",
            "[get|take] [this|the] [conversation|chat|dialogue] out of [the "
            "program|harmony-tui|here]",
            "[output|emit|render] [the|this] [conversation|session|chat] as "
            "[Markdown|HTML|JSON|text]",
            "harmony-tui export [--help|FILE|of a session|to Markdown]",
            "harmony-tui convert",
            "[convert|export] [many|several|all] [sessions|conversations] to "
            "[Markdown|HTML|text|JSON]",
            "export [all|every one of] my [sessions|conversations|chats] [at once|to Markdown|]",
            "[export|write out] [sessions|a session] [from the shell|on the command line|without "
            "opening the program]",
            "where is the [export button|export menu|export command]",
            "[where|in which folder] does the export [go|land|end up]",
            "[where|under what name] is the exported [file|conversation|chat] [put|written|saved]",
            "does the export [hold|contain|include] the [analysis|tool calls|other "
            "versions|branches]",
            "is the [analysis|reasoning] [part of|in|left out of] the export",
            "[can|does] an export [hold|show] [all branches|every version|the thoughts]",
            "export with [the analysis|all branches|everything|the thoughts]",
            "[overwrite|replace] an existing file [when exporting|with an export]",
            "the export [failed|cannot be written|says the file exists]",
            "I [exported|wrote out] [the chat|it] [where is the file|and cannot find the file]",
            "[paste|put] [this conversation|our chat] into [a document|my notes|a wiki|Word|an "
            "email]",
            "[quote|use|reuse] [this|our] [conversation|chat] in [a document|a report|my thesis] "
            "[as a file|]",
            "[a readable|a printable|a nice|a pretty] [version|copy|file] of [this "
            "conversation|our chat]",
            "[printable|readable] [conversation|chat|transcript] [please|file|]",
            "[transcript|transcribe] [of this chat|our chat] [to|as] [a file|Markdown|HTML|text]",
            "[hardcopy|hard copy|printout|print-out] of [this conversation|our chat|the dialogue]",
            "[blog|publish|post] [this|our] [conversation|chat|dialogue] [online|as HTML|]",
            "put [our chat|this conversation] [online|on my website|on my blog|on GitHub]",
            "[conversation|chat] to [OpenAI's JSON|OpenAI messages|messages in JSON]",
            "[messages|conversation] as [OpenAI's API has them|OpenAI JSON|raw Harmony]",
            "[Harmony text|the raw Harmony|the tokens as text] of [the whole conversation|this "
            "session] [in a file|]",
            "[.md|.html|.txt|.jsonl] [export|written of this chat]",
            "[md|html|txt] [file|version|copy] of [the|this] [chat|conversation|session]",
            "[save|write] [as|to] [Markdown|HTML|a web page] [please|]",
            "[save|keep] [the|this|our] [chat|conversation] as [Markdown|HTML|a web page|a PDF|a "
            "text file]",
            "save [a copy|this chat] [to|on] my [desktop|documents folder|USB stick]",
            "[take|carry] [this|our] [chat|conversation] [with me|home|to another computer] as a "
            "file",
            "[portable|shareable|sharable] [copy|file|version] of [this|the] "
            "[chat|conversation|session]",
            "share [this|it|our talk] [with someone|with my team|as a link|as a file]",
            "[sharing|share] [a|the|this] [conversation|chat|session|dialogue] [please|how|]",
            "can [somebody else|others|my team] read this [conversation|chat] [in a browser|as a "
            "file|]",
            "[read|open|view] this [conversation|chat] [in a browser|in Word|in another "
            "program|on my phone]",
            "[I'd like|I want|I need] [an exported|a written|a Markdown] copy of [the|this] "
            "[chat|discussion|exchange]",
            "[export|write out] [the|our] [discussion|exchange|dialogue|thread|transcript]",
            "[the|our] [discussion|exchange|dialogue|thread] [as|to|into] [a file|Markdown|HTML]",
            "[extract|pull out] [the text|the messages] of [this|the] [conversation|session] "
            "[into a file|]",
            "[all|both] [questions and answers|sides of the chat] [in|into|to] a [file|text "
            "file|document]",
            "[get|have|give me] [a file|a document|a text file] with [our chat|this "
            "conversation|everything we said]",
            "[give|send] me [the|our] [conversation|chat] as [a file|Markdown|a web page]",
            "[file|document] [from|out of] [this|our] [conversation|chat] [please|]",
            "[Markdown|HTML|JSON] [export of the chat|version of the conversation]",
            "[download|downloading] [our|this|the] [chat|conversation|dialogue] [please|]",
            "[which|what] command [exports|writes out|dumps] [a|the|this] "
            "[conversation|session|chat]",
            "[how|where] [is|are] [a|] [conversation|conversations|chat] exported",
            "what [does|can] an [export|exported file] [look like|hold]",
            "can I choose the [format|file type|ending] of the export",
            "the [format|file type] of [an export|the exported file]",
            "export [only|just] [the last part|the answers|one session|a part]",
            "[PDF|Word|docx|epub] [export|of the conversation|of this chat]",
            "is there [a PDF|an HTML|a Markdown|any] export",
            "[exported|converted] [conversation|chat|session] [where|as a file|in Markdown]",
            "[archive|back up] [this|our] [chat|conversation] as [Markdown|a web page|a text file]",
            "[the opposite|reverse] of [/import|importing]",
            "[our|this] [conversation|chat] [for|to give to] [my boss|a colleague|the teacher] "
            "[as a file|]",
            "[store|put] [this chat|our conversation] [as|in] a [Markdown file|text file|web page]",
            "[make|create|generate] [HTML|Markdown|a text file] [from|of] [the chat|our "
            "conversation]",
            "[the|an] export of [this|the|our] [chat|conversation|session] [please|how]",
            "[export|write] the [session|chat|conversation] [with branches|with all versions] to "
            "[.jsonl|a file]",
            "how do I [export|publish|print] [what we wrote|our talk|this exchange]",
            "[written|paper] [record|copy] of [our talk|this chat] to [hand in|hand out|print]",
        ),
        answers=(
            "`/export FILE` writes the conversation to a file. The ending of its name says the "
            "format: `.md`, `.html`, `.json`, `.txt` or `.jsonl`.",
        ),
    ),
    Topic(
        name="import",
        label="importing conversations",
        wordings=(
            *command("/import"),
            *actions(
                "import [conversations|my conversations|old chats|a chat log] [from another "
                "program|from ChatGPT|]",
                "[bring|take|move] my ChatGPT [conversations|chats|history] [here|into "
                "harmony-tui|over]",
            ),
            "[import|importing|imports] [please|conversations|a conversation|a chat log|a "
            "file|from ChatGPT]",
            "[import|load|read|take over] [the|an|my] [export|history|logs|chats|conversations] "
            "[of|from] [ChatGPT|Codex|mlx-harmony|another program]",
            "[ChatGPT|Codex|mlx-harmony] [import|export file|history|logs|conversations] "
            "[here|into this program|please|]",
            "[conversations|chats|logs] [from|of] [other|another] [programs|program|apps|app] "
            "[in here|import|]",
            "[move|migrate|switch|come] [from|over from] [ChatGPT|mlx-harmony|Codex|another "
            "program] [to harmony-tui|with my conversations|]",
            "[which|what] [files|formats|programs] can [be imported|I import|it import]",
            "[can|may] I [import|bring in|take in] [my|old] [chats|conversations|logs|history]",
            "[use|open|read] a [chat log|conversations.json|file of conversations] [of another "
            "program|of ChatGPT|]",
            "[migrate|migration|migrating] [chat logs|my chats|from mlx-harmony|please]",
            "harmony-tui import",
            "[old|other] [chat logs|chats] from [elsewhere|ChatGPT|somewhere else] [into "
            "harmony-tui|]",
            "I [used|was using|come from] ChatGPT [before|until now] how do I [get|bring] my "
            "[chats|conversations] [in here|over]",
            "I have [an export|a zip|a file] from ChatGPT [what now|how do I load it|how do I "
            "read it in]",
            "can it [read|open|ingest|swallow] [ChatGPT exports|a ChatGPT "
            "export|conversations.json]",
            "[transfer|port|carry over|copy over] [my|old|all] [chats|conversations] from "
            "[ChatGPT|another program|mlx-harmony]",
            "[upload|feed in|pull in|take in] [a chat log|an old log|my exported conversations]",
            "[ingest|absorb|load up] [a chat log|a dialogue file|logs of another app]",
            "[conversations.json|the ChatGPT zip|a ChatGPT archive] [import|how do I use it|into "
            "harmony-tui]",
            "does it [understand|accept|take] [logs|exports|chat logs] of [other "
            "programs|Codex|mlx-harmony]",
            "[which|what] [kinds of files|file types|sources] does /import "
            "[take|accept|understand]",
            "which formats does import [take|know|read|support]",
            "[supported|accepted|readable] [formats|files] [for import|of import|when importing]",
            "[import|importing] [formats|file types|sources]",
            "[input|foreign] formats for [importing|import]",
            "bring in [a dialogue|a transcript|conversations] from a [text file|JSON file]",
            "[turn|make] a [log|chat log|text dialogue] into a session",
            "[add|put] [foreign|outside|external] [conversations|chats] [to|among] my sessions",
            "[a file|a log|JSON] of OpenAI messages [import|load it as a session|into a session]",
            "[load|read in] OpenAI messages [from a file|from JSON|]",
            "[read in|load in] [a dialogue|a transcript] [in plain text|from a text file|]",
            "my [old|previous|former] [chat program|chat app|assistant] had "
            "[conversations|chats] can I [bring them|import them]",
            "[switching|moving|migrating] from [ChatGPT|mlx-harmony|another app] [how|do I lose "
            "my chats|what about my history]",
            "[coming|migrated] from ChatGPT [where do my chats go|can I keep my history]",
            "[keep|take along] my [ChatGPT|Codex|mlx-harmony] [history|chats|logs]",
            "harmony-tui migrate",
            "harmony-tui migrate [what does it do|please|mlx-harmony logs]",
            "the [migrate|import] [subcommand|command] [of harmony-tui|in the shell|for many "
            "files]",
            "import [many|several|a folder of|hundreds of] [files|logs|chats] [at once|]",
            "[batch|bulk|mass] import [of chats|of logs|]",
            "import from [the shell|the command line] [without opening the program|]",
            "[where|under what] do imported [chats|conversations] [appear|end up|land|show up]",
            "are imported [chats|conversations] [among|listed with] the sessions",
            "[imported|foreign] [conversations|chats|sessions] [where|please|listed]",
            "can I [go on|continue] with an imported [conversation|chat]",
            "[does|will] [import|importing] [change|touch|overwrite] [my sessions|existing "
            "sessions]",
            "what happens when I import [the same file|a file] twice",
            "the import [failed|does not work|says the file is not understood]",
            "it [cannot|does not] [import|read in] my [file|log|export]",
            "my [ChatGPT export|chat log] is not [recognised|recognized|accepted|imported]",
            "[how|where] do I get my [ChatGPT history|ChatGPT chats] [into this|in here]",
            "is there a [ChatGPT|Codex|mlx-harmony] importer",
            "[importer|importers] [for chats|of conversations|for ChatGPT|]",
            "[import|load] [a JSONL|a session file|a session] from [another computer|a friend|a "
            "colleague|my old machine]",
            "a [friend|colleague] sent me a [session file|conversation] [how do I open it|how do "
            "I load it]",
            "[open|load|add] a [session|conversation] [that somebody sent me|I was sent|I got by "
            "mail]",
            "[receive|take over] a [session|conversation] from [a colleague|another "
            "machine|somebody]",
            "I [moved|am moving] to a new [computer|laptop] how do I [bring in|import] my "
            "[sessions|chats]",
            "[take|carry] [sessions|conversations] from [my old laptop|another machine] into "
            "this one",
            "[read|load] [foreign|external|other people's] [chat logs|chat files]",
            "[Codex|codex] [sessions|transcripts|rollouts] [import|read in|load]",
            "log [of|from] [Codex|mlx-harmony|a chat] [import|load|read in]",
            "[can|could] you [import|take in|load] [my ChatGPT data|logs|foreign chats]",
            "I [exported|downloaded] my [data|chats|history] from [ChatGPT|OpenAI] [and now|how "
            "do I import it]",
            "OpenAI [data export|account export|chat export] [into this program|import|load]",
            "[data|chats|conversations] [exported|downloaded] from ChatGPT [import|use here]",
            "[convert|turn] [ChatGPT|Codex|mlx-harmony] [logs|chats|exports] [into|to] sessions",
            "from ChatGPT to [here|harmony-tui|this program] with [all|] my [chats|conversations]",
            "[bringing|moving|taking] [chats|conversations] [in|over] [from elsewhere|from "
            "ChatGPT]",
            "[legacy|existing|earlier] [chats|logs] [of another app|from mlx-harmony] [into "
            "here|import]",
            "[I'd like|I want] my ChatGPT [talks|threads|dialogues] [in here|available here|over "
            "here]",
            "[the opposite|reverse] of [/export|exporting|export]",
            "[slurp|suck in|drag in] [a chat log|logs|a conversations.json]",
            "[drop|drag] a [chat log|conversations.json] [in here|into the program] to import",
            "[import|read] chats [kept|written|made] by [other software|another tool|some other "
            "app]",
            "[other|another] [tool|software|chatbot|client] [history|chats|conversations] "
            "[import|bring in]",
            "use a conversation [made|held|begun] [elsewhere|in ChatGPT|in another app]",
            "[go on|continue] here with a [ChatGPT|Codex] conversation",
            "[begin|start] from a [log|transcript] [of another program|that I have as a file]",
            "/import [conversations.json|export.zip|chat.txt|log.jsonl]",
            "/import [which files|FILE|with a zip|what formats]",
            "[import|load] a [zip|zip file|JSON file] [of chats|of conversations|from ChatGPT]",
            "does import [read|unpack] [zip files|a zip|the whole archive]",
            "do I have to [unpack|unzip] the [ChatGPT export|export] [before import|first]",
            "[loading|reading] [in|] [chat logs|exported chats|conversations of other apps]",
            "[Claude|Gemini|LM Studio|Ollama] [chats|conversations] [import|in here|bring over]",
            "[can|could] I bring [Claude|Gemini|Ollama|LM Studio] [chats|logs] [in|here|over]",
            "[hand|give|feed] it [an exported chat|a log of another program]",
            "[ChatGPT|mlx-harmony|Codex] [user|refugee] here [how do I bring my chats|can I "
            "import my chats]",
            "[compatible|compatibility] with [ChatGPT exports|mlx-harmony logs|Codex logs]",
            "[import|take over] [prior|past] [conversations|dialogues] from [a backup|an "
            "export|a file]",
            "[import|load] [my|the] [discussions|dialogues|threads] [from ChatGPT|of another "
            "program]",
            "[how|where] do I [load|read in|import] [a log of Codex|a mlx-harmony chat log|a "
            "ChatGPT export]",
            "[add|include] my [ChatGPT|Codex] [talks|threads|past] [here|in the session list]",
            "[incoming|imported] [logs|chats|files] [which formats|how|please]",
        ),
        answers=(
            "`/import FILE` puts the conversations of a file among the sessions: the export of "
            "ChatGPT, a log of Codex or mlx-harmony, and others.",
        ),
    ),
    Topic(
        name="trash",
        label="the trash of sessions",
        wordings=(
            *actions(
                "[delete|remove|erase] [an old|a saved|a kept] [conversation|session|chat]",
                "[restore|undelete|bring back|recover] a deleted [conversation|session|chat]",
            ),
            "[delete|remove|erase|deleting] [an old|a saved|old|saved|kept] "
            "[conversation|chat|session|conversations|sessions] [from disk|for good|]",
            "[get rid of|throw away|discard] [old|saved|kept|past] "
            "[conversations|sessions|chats] [for good|from disk|on disk]",
            "[trash|bin|wastebasket|recycle bin|trash can] [please|of sessions|of "
            "conversations|for conversations|]",
            "[empty|clear|see|show] the [trash|bin|recycle bin] [of sessions|please|]",
            "[restore|undelete|recover|bring back] [a|the|my] [deleted|removed|trashed] "
            "[conversation|session|chat|sessions]",
            "I [deleted|removed|trashed] [a|the wrong|my] [conversation|session|chat] [by "
            "mistake|by accident|can I get it back|]",
            "[is|are] [a|] deleted [conversation|session|conversations|sessions] [gone|gone for "
            "good|lost|still there]",
            "[undo|reverse] [the|a] [deletion|deleting] of a [session|conversation|chat]",
            "where do deleted [sessions|conversations|chats] go",
            "[can|may] I delete [a|an old|one] [session|conversation|chat] [from the list|for "
            "good|]",
            "harmony-tui sessions [delete|restore|empty-trash]",
            "[deleted|trashed|removed] [sessions|conversations|chats] [please|where|back|list]",
            "[get|have] a deleted [session|conversation|chat] back",
            "[can|could] a deleted [session|conversation|chat] be [restored|recovered|brought "
            "back]",
            "[put|throw] [old|some|these] [sessions|conversations|chats] [away|in the bin|in the "
            "trash]",
            "[clean|tidy|weed] [up|out] [my|the|old] [sessions|conversations]",
            "[deletion|removal] of [sessions|conversations|old chats]",
            "[too many|so many] old [sessions|conversations] [how do I delete them|delete some|]",
            "[move|put] a [session|conversation] [to|into|in] the [trash|bin]",
            "[purge|shred|destroy] [saved|old|past] [conversations|sessions]",
            "I want [an old chat|last week's session] [gone|removed] [for good|from my disk]",
            "how do I [erase|wipe] [a single|one particular] [saved conversation|old session]",
            "[clear out|weed out] [my|all the] old [chats|sessions]",
            "what happens when I press d in the [session list|list of sessions]",
            "[d|u] in the [session list|list of conversations]",
            "does d [really delete|delete at once|destroy] the session",
            "the letter [d|u] on a [session|conversation] in the list",
            "which key [deletes|trashes|bins] a [session|conversation|chat] [in the list|]",
            "which key [undeletes|restores|brings back] a [session|conversation|chat]",
            "I [binned|trashed|threw out|erased] [the wrong session|a chat I still need]",
            "oops I deleted [my|an important] [session|conversation|chat]",
            "I [pressed|hit] d on [the wrong|a] [session|conversation] [by accident|]",
            "[help|oh no] I [deleted|erased] the wrong [conversation|chat|session]",
            "[undelete|un-delete|untrash] [a|the|my] [conversation|chat|session]",
            "how do I [undelete|untrash] [something|a session|what I deleted]",
            "is there a [recycle bin|wastebasket|trash can|dustbin] [for chats|for sessions|in "
            "here]",
            "where is the [wastebasket|dustbin|recycle bin|trash folder]",
            "what is in the [trash|wastebasket|recycle bin]",
            "how long does a [session|conversation] stay in the [trash|bin]",
            "is the trash [emptied|cleared] [automatically|by itself|ever]",
            "when is the trash [emptied|cleared out|purged]",
            "[empty-trash|empty trash] [command|subcommand|please|what does it do|]",
            "harmony-tui sessions empty-trash",
            "harmony-tui sessions delete",
            "harmony-tui sessions restore",
            "[delete|trash] a session [from the shell|on the command line|in the terminal] by "
            "its id",
            "[purge|flush] the [trash|recycle bin|wastebasket] [of old chats|for good|]",
            "[permanently|irrevocably|definitely] [delete|remove|erase] [a session|saved "
            "conversations|an old chat]",
            "delete [a session|old chats|a kept conversation] [permanently|for ever|once and for "
            "all]",
            "can a [deleted|trashed|binned] [session|chat] still be [read|opened|found]",
            "are deleted [chats|sessions] [really|truly] [gone|erased|off my disk]",
            "do deleted [sessions|conversations] [take|use] [disk space|room]",
            "[old chats|sessions] take too much [room|space] [delete some|how do I remove them]",
            "[how|where] can I [throw out|dispose of] [stale|useless|ancient] [sessions|chats]",
            "[dispose of|throw out|scrap|chuck] [a|an old|one] [session|conversation|chat]",
            "[chuck|toss|bin] [yesterday's|last week's|that old] [chat|session|conversation]",
            "[remove|take] [a|one] [session|chat|conversation] [from|off] the list",
            "how do I remove [entries|one entry|items] from the [session list|list of "
            "conversations]",
            "nobody should find my old [chats|sessions] how do I [erase|delete] them",
            "[erase|remove|delete] [all|every one of] my [saved|old|past] "
            "[conversations|chats|sessions]",
            "delete [everything|all] I ever [said|asked] [from disk|from the sessions]",
            "delete my [whole|entire|complete] [chat history|conversation history]",
            "[bulk|mass] [delete|deletion of] [sessions|old chats]",
            "delete [several|many|ten] [sessions|saved chats] at once",
            "[deleted|removed] by mistake [restore the session|get my chat back]",
            "I [regret|take back] deleting [that|a] [session|conversation|chat]",
            "[reinstate|salvage|rescue] a [deleted|trashed|binned] [session|conversation|chat]",
            "[take|get|fish|pull] [a session|a chat|it] [out of|from] the [trash|bin|wastebasket]",
            "[a session|a chat|my conversation] is in the [trash|bin] [how do I get it out|]",
            "[reverse|revert|cancel] the [deletion|removal] of [my|a] [session|chat]",
            "is [deleting|removing] a [session|kept chat] [final|reversible|permanent]",
            "can I [reverse|undo] [it|that] if I delete a [session|kept conversation]",
            "will [a|the] deleted [conversation|session] come back",
            "am I asked before a [session|conversation] is [deleted|trashed]",
            "is there a confirmation before a [session|kept chat] is deleted",
            "[trashing|binning|erasing|removing] [a session|old sessions|kept conversations]",
            "[session|chat|conversation] [trash|bin|deletion|removal|recovery] [please|]",
            "[trash|bin] this [old session|saved chat|kept conversation]",
            "[keep|move] [unwanted|useless] [sessions|conversations] [out of the list|to the "
            "trash]",
            "[housekeeping|cleanup|clean-up|spring cleaning] [of|for] [my|old] "
            "[sessions|conversations]",
            "[prune|thin out|cull] [the|my] [sessions|session list|old chats]",
            "my [session list|list of chats] is [cluttered|too long|full of junk] [how do I "
            "delete some|]",
            "[junk|rubbish|test] [sessions|conversations] [delete|remove|get rid of them]",
            "remove the [session file|session files] [properly|safely|the right way]",
            "can I just delete the [session file|JSONL file]",
            "what is the [safe|proper|right] way to delete a [session|saved conversation]",
            "[where|which folder] is the trash [folder|of harmony-tui|kept]",
            "[how|where] do I [look into|open|inspect|view] the [trash|recycle bin|wastebasket]",
            "[list|see|view|show] [deleted|trashed|binned] [sessions|chats|conversations]",
            "what did I [delete|throw away] [lately|recently] [sessions|]",
            "the [session|chat|conversation] I deleted [yesterday|just now|this morning] "
            "[restore it|I need it back]",
            "I need [a|the] [chat|session|conversation] that I [deleted|threw away|trashed]",
            "my [colleague|son|cat] deleted my [session|saved chat] [is it recoverable|]",
            "is a [deleted|removed|trashed] [chat|conversation|session] [recoverable|retrievable]",
            "[recover|retrieve] [sessions|chats|conversations] [after deletion|from the "
            "trash|that were deleted]",
            "[deleted|erased] [too much|too many sessions|the wrong one in the list]",
            "[I'd like|I want] that [embarrassing|silly|awkward] [old chat|session] "
            "[deleted|erased|gone]",
            "[make|let] an old [chat|session|conversation] [disappear|vanish] [for good|]",
            "please [bin|trash|erase] [the oldest|my oldest|an ancient] [session|conversation]",
            "[sessions|saved chats] older than a month [delete|remove|trash] [them|]",
            "a way to [discard|ditch] [finished|old|past] [sessions|conversations|chats]",
            "[ditch|axe|kill off] [an old|a saved|a past] [chat|session|conversation]",
            "[unwanted|useless|obsolete] [sessions|conversations|chats] [delete|remove|how do I "
            "erase them]",
            "[delete|trash|bin] [session|old chat|saved conversation] [please|how|key|command]",
            "I'd like to [erase|delete|bin] [a few|some|most] of my [sessions|saved chats]",
            "bring [the|a] [session|chat] I [deleted|binned|threw away] back",
        ),
        answers=(
            "In the list of **Ctrl+O**, `d` moves a conversation to the trash and `u` brings it "
            "back. In a shell, `harmony-tui sessions` has `restore` and `empty-trash`.",
        ),
    ),
    Topic(
        name="ephemeral",
        label="keeping nothing",
        wordings=(
            *actions(
                "[keep|store|save] nothing [of the conversation|of this|on disk]",
                "[talk|chat] without [being saved|leaving a trace|keeping anything]",
                "have a conversation that [is not kept|is not saved|leaves no trace]",
            ),
            "[--ephemeral|ephemeral] [option|flag|please|mode|session|conversation|what is it|]",
            "[what is|what does|explain] [--ephemeral|the option --ephemeral|ephemeral] [do|mean|]",
            "[incognito|off the record|temporary|throwaway|unsaved|unrecorded] "
            "[mode|session|conversation|chat] [please|]",
            "[don't|do not|never] [save|keep|store|write down|record] [this|the|my|our] "
            "[conversation|chat|session] [please|]",
            "[no|without a|leave no] [trace|record|copy|file] of [this|the] conversation [on "
            "disk|]",
            "[without|no] [saving|keeping|storing|recording] [anything|the conversation|of "
            "conversations]",
            "[turn|switch] off [saving|the saving|the keeping of conversations]",
            "[a conversation|a chat|a session] that [is not kept|is not saved|leaves no "
            "trace|vanishes]",
            "[stop|prevent|disable|avoid] [saving|keeping|recording] [conversations|the "
            "conversation|this]",
            "[can|could] I [chat|talk|ask] [incognito|privately|without a file|off the record]",
            "I [don't|do not] want [this|the conversation|my words] [kept|saved|stored|on disk]",
            "harmony-tui --ephemeral",
            "[nothing|not a word] [should|may|must] be [kept|saved|stored|written to disk]",
            "[no|without] [log|logs|history] of [this|our] [chat|talk|session] [on disk|]",
            "[private|secret|incognito] [window|tab|browsing] [mode|for chats|like in a browser]",
            "like [a private window|incognito mode|private browsing] [in a browser|but here|]",
            "[go|be|stay|chat] [incognito|off the record]",
            "[off the record|between you and me] [don't save this|no saving|keep no file]",
            "[this|what follows] is off the record",
            "[incognito|ghost|stealth|private] [start|session|mode] [how|please|is there one|]",
            "start [incognito|without saving|in private mode|unsaved]",
            "[start|launch|run|open] harmony-tui [without saving|so that nothing is kept|in a "
            "private mode|incognito]",
            "which [option|flag] [keeps nothing|saves nothing|leaves no trace|makes a throwaway "
            "session]",
            "[option|flag] [for|to] [not saving|keep nothing|save nothing|leave no trace]",
            "[the|an] [option|flag|switch] that [stops|prevents] [saving|the session "
            "file|writing to disk]",
            "is there [an incognito mode|a private mode|a guest mode|a no-save option]",
            "[guest|kiosk|public computer] mode",
            "I am on a [shared|public|borrowed] [computer|machine] [save nothing|don't keep this]",
            "[leave|write] no [session file|history file|file] [behind|on this machine|on the "
            "disk]",
            "[no|without a] [session file|history file|saved copy|trace] [please|on disk|at all]",
            "can I [stop|prevent|avoid] a session file [from being written|being made]",
            "[don't|do not] [write|put|leave] [anything|a thing] [to|on] [disk|my disk|the hard "
            "disk]",
            "[don't|do not] [log|archive|remember|preserve] [this|our|the] "
            "[chat|talk|session|discussion]",
            "[don't|do not] keep [a record|a log|any history|a transcript] [of this|of our talk|]",
            "please [do not|don't] [save|keep|log] [this one|any of this|what I say now]",
            "[this|it] [should|must] not be [saved|kept|logged|written down] [anywhere|on disk|]",
            "I want [no|zero] [traces|saved chats|records|files] [of this|left behind|]",
            "[can|could] a [session|conversation|chat] [not be saved|be forgotten at the "
            "end|leave no file]",
            "[forget|drop|destroy] [it all|the session|everything] [when I quit|on exit|at the "
            "end]",
            "delete [the session|everything] automatically [when I quit|on exit|at the end]",
            "[gone|vanished|forgotten] [when I quit|on exit|after closing] [nothing kept|no file|]",
            "[one-off|one-time|disposable|burner|fleeting] [chat|session|conversation]",
            "a [disposable|fleeting|volatile|transient] [chat|session|conversation] [please|]",
            "[disposable|volatile|transient|self-destructing] [mode|session|chat]",
            "[self-destructing|self destructing|vanishing|disappearing] "
            "[messages|chats|conversations]",
            "[in memory only|only in memory|memory only] [session|no files|please|]",
            "keep the [conversation|session|chat] [in memory only|in RAM only|off the disk|off "
            "my disk]",
            "[session|conversation|chat] [not saved|not kept|without a file|without a trace]",
            "a [chat|session|talk] [nobody finds later|that cannot be found later|that nobody "
            "can reopen]",
            "can I [turn off|disable|switch off] [autosave|automatic saving|the session "
            "files|history]",
            "[disable|deactivate|suppress] [saving|autosave|history|the history file|session "
            "files]",
            "[autosave|saving|history] [off|disabled]",
            "how do I [not|avoid to] save [a session|this|the conversation]",
            "[how|is it possible] to [chat|talk|ask] and [not save|keep nothing|not leave a file]",
            "[I'd like|I'd prefer] [not to save this|that nothing is kept|no record of this]",
            "[I'd rather|I would rather] [not keep this chat|not have this saved|leave no record]",
            "I [hate|dislike|don't want] [autosave|that you save everything|saved conversations]",
            "why is everything saved [can I turn that off|I don't want that]",
            "stop [writing|saving] [my chats|my words|files] [to disk|]",
            "[what|which] [is|files are] [kept|written] with --ephemeral",
            "does --ephemeral [also|] [write|keep|save] [history|drafts|anything]",
            "is the [history|draft|prompt history] [kept|written] with --ephemeral",
            "can I [resume|reopen|search] an ephemeral session",
            "what happens to an ephemeral [session|conversation|chat] [when I quit|at the end]",
            "[can|may] I still [save|keep|export] an ephemeral [conversation|session|chat]",
            "make this session ephemeral [afterwards|now|while it runs]",
            "[ephemeral|temporary|throwaway|incognito] [start|option|conversations|please]",
            "[ephemeral|ephemerality] [in harmony-tui|on the command line|explained]",
            "[meaning|purpose|use] of [--ephemeral|the ephemeral option|an ephemeral session]",
            "[when|why] [should|would] I [use|want] [--ephemeral|an ephemeral session]",
            "[a one-shot question|-p|--prompt] without [saving|keeping|storing] [it|a session]",
            "ask [one question|something] [in the shell|] and [keep nothing|save no session]",
            "[embarrassing|delicate|intimate|awkward] [question|topic|chat] [save nothing|keep "
            "no copy|don't store it]",
            "I want to ask something [embarrassing|delicate|intimate] and [not save it|keep no "
            "copy]",
            "nobody [may|should] find this [chat|conversation] on [my|this] [computer|disk] later",
            "my [wife|husband|boss|children] should not find this [chat|session] [later|on disk]",
            "[unlogged|untracked|unstored|non-persistent|nonpersistent] "
            "[session|conversation|chat]",
            "[persist|persistence] [nothing|off|of sessions off]",
            "[without|no] [persistence|archiving|logging|session file] [please|]",
            "[amnesia|amnesic|forgetful] [mode|session]",
            "[temporary|temp|short-lived] [chat|session|conversation] [like in ChatGPT|that is "
            "not kept|please]",
            "ChatGPT has temporary chats [do you|is there the same here]",
            "[how|can I] start a [session|chat] [that is not written to disk|that leaves no "
            "file|nobody can reopen]",
            "[save|store|keep|write] no [sessions|conversations|chats] [at all|please|from now on]",
            "[saving|storing|keeping] of [sessions|chats] [is unwanted|off please|must not happen]",
            "[without|no] [traces|footprints|leftovers] [on disk|after I quit|of my chats]",
            "[secretly|discreetly|untraceably] [chat|talk] [without a saved session|with nothing "
            "kept|]",
            "[anonymous|temporary|incognito] [session|start] [that is not saved|without a file]",
        ),
        answers=(
            "Start with `harmony-tui --ephemeral`, and nothing of the conversation is kept on "
            "disk.",
        ),
    ),
)
