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
        ),
        answers=(
            "Start with `harmony-tui --ephemeral`, and nothing of the conversation is kept on "
            "disk.",
        ),
    ),
)
