"""The keys: writing a message, moving the focus, scrolling, the palette."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, concepts, key
from engine.models.demo.corpus.topic import Topic

KEYS: tuple[Topic, ...] = (
    Topic(
        name="prompt",
        label="writing a message",
        wordings=(
            *key("Ctrl+J", "ctrl-j", "ctrl j", "shift+enter", "shift enter", "control j"),
            *key("Enter", "return"),
            *actions(
                "[insert|add|type|make|start] a [new line|newline|line break|second line]",
                "[send|submit] [a|my|the|this] [message|question|text]",
            ),
            "[newline|new line|line break]",
            "[write|type|enter] [several|two|many|multiple] lines",
            "[can|may] a [question|message] have [several|two|many|multiple] lines",
            "enter sends [my message|the message] but I want a new line",
            "where [do|can] I [type|write] [my question|my message|something]",
            "what is the [prompt|prompt box|input box|box at the bottom] [for|]",
            "multi-line [input|messages|prompt]",
            "[multi-line|two-line|multiline|multi line] [message|question]",
            "what sends [the|a|my] message",
            "how do I [send|submit] [what I typed|what I wrote|it|this]",
            "which key [sends|submits] [what I typed|the question|my text|it]",
            "I [typed|wrote] [something|a question] [and now|how do I send it|what next]",
            "where does my [typing|question] go",
            "where do I [ask|enter|put|write] [a|my] question",
            "[how|where] do I [ask you something|write to you|put a question to you]",
            "I want to [write|type|enter] [a paragraph|several lines|more than one line|two "
            "paragraphs]",
            "more than one line [in a message|in my question|in the prompt|]",
            "go to the next line [without sending|while typing|]",
            "[break|split] [a|the|my] line [without sending|in my message|]",
            "[start|begin] [another|a fresh|the next] line [in my message|in the prompt|]",
            "[new paragraph|line break|new line|next line]",
            "[insert|add|make] [a|another] [paragraph|blank line|empty line|new line|second line]",
            "enter [sends|submits] [it|my message|my text] [too early|too soon]",
            "it [sends|submits] [my message|my question|] [too early|too soon|before I am "
            "finished|before I am done]",
            "[can|may] I [write|send|submit] [several|many|multiple|two] lines",
            "[message|input|text|prompt] [box|field|line]",
            "what do I do in the [prompt|input|text] box",
            "[how do|where do] I [type|write] [in here|here|]",
            "[sending|submitting|entering|typing|writing] [a message|messages|a question|text]",
            "how do I [write|enter] [a|my] [message|long message|multi-line message]",
            "[multiline|multi line|multi-line|two-line] [text|message|input|question]",
            "a message [of|with] [two|three|several|many|multiple] lines",
            "the [box|field|line] [I type in|where I type|for typing]",
            "does enter [send|submit] [the message|it|my question]",
            "do I [press|hit] enter [to send|after my question|when I am done]",
            "[press|hit] enter without [sending|submitting|entering]",
            "[input|entry|typing] [box|field]",
            "where is the [prompt|input box|text box|input field]",
            "how is a message [sent|submitted|entered]",
            "[write|type] my [message|question] [over|on|in] [several|two|many|multiple] lines",
            "how do I write on a new line",
            "[send|submit] [message|it|now|key]",
            "I need [a|another] new line [in my question|here|]",
            "keep [writing|typing] on [the next|a second] line",
            "[submit|transmit|fire off|deliver|post] [my|the|a] [question|message|text|prompt]",
            "how do I [submit|post|deliver|get across] [my|a|the] [question|message]",
            "I [typed|wrote|entered] [my question|something|text] [but nothing happens|how do I "
            "submit it|which key now]",
            "[finished|done] [typing|writing] [now what|which key|how do I send it]",
            "which [key|button] [is for sending|to send|do I hit after typing|submits]",
            "[send|submit|return] [key|button] [where|which|please]",
            "there is no send button",
            "where is the [send|submit] button",
            "[is|it's] enter [the send key|for sending|to submit]",
            "[return|enter] key [sends|does what|what for]",
            "[line feed|carriage return|hard return|soft return]",
            "[another|a second|next|new] [line|paragraph] [without sending|in the same "
            "message|while typing|please]",
            "how do I [make|get|insert|type] a [line break|paragraph|blank line|second line|new "
            "line] [in my message|without sending|]",
            "[write|ask|type] [something|a question|a text] [longer than|over more than] [one "
            "line|a line]",
            "[long|multi-line|multiline|multi-paragraph] [question|message|prompt|input] "
            "[possible|how|]",
            "[paste|pasting] [several|many|multiple] lines [into the prompt|in the box|]",
            "[several|multiple|many|two] lines in [one|a single] [message|question|prompt]",
            "[pressing|hitting] enter [sends it|sends everything|sent my message] [but I wanted "
            "a new line|too soon|how do I get a new line]",
            "my message [was sent|went off|went] [too early|half finished|before I was done]",
            "I [sent|submitted] [it|my message] too [early|soon] [how do I make a new line|]",
            "[where|in which box] [do|can|should] [I|one] [type|write|enter] [a "
            "question|text|my questions|something]",
            "[where|how] do I put [my|a] question",
            "the [input|typing|text|writing] [area|line|field|box] [is where|for what|at the "
            "bottom]",
            "the [box|field|area] [at the bottom|to type in|for my questions]",
            "what is the [input line|text field|typing area|box below] for",
            "[compose|composing|drafting|write] a message",
            "how do I [compose|draft|enter|write] a [message|question|prompt]",
            "[edit|editing] [my|a] message before [sending|I send it]",
            "[shift|control|ctrl] and [enter|j] [for a new line|what does it do|]",
            "[begin|start] a [new|fresh|second] line",
            "[where|how] do I [type|write|enter] [my|a] [question|message|text]",
            "[new line|line break|newline|second line] [in the prompt box|in my message|in a "
            "question|please]",
            "[send|submit] [my|the|a] [message|question|text] [key|please|]",
            "[multi-line|multiline|two-line] [message|question|input|text]",
            "[prompt box|input box|text box|input field] [please|where|how does it work|]",
            "[shift enter|ctrl j|shift and enter] [new line|for a new line|]",
            "[write|type|enter] [a|my|the] [message|question|text] [where|how|in the box|please]",
            "[several|two|more|many] lines in [one|a|my] [message|question]",
            "[send|submit|post] [it|what I typed|what I wrote|my words|the text] [how|please|]",
            "[line break|new line|next line|line feed] [without sending|key|in the box|please]",
            "[enter|return] [sends|sends it|sends my message|key] [but I want a new line|too "
            "early|]",
            "[how|which key] [do I|] [send|sends|submit|submits] [a|the|my] [message|question]",
            "the [box|field|place] [where I type|for typing|at the bottom to type in]",
            "[paste|write] [a|some] [long text|paragraph|several lines] into the [prompt|prompt "
            "box]",
            "[how|where] do I [key in|enter|put down|jot down] [my|a] "
            "[question|request|query|message]",
            "[key in|jot down|pen] [a|my] [query|request|message|question] [where|here how|]",
            "[dispatch|hand in|hand over|pass on] my [message|question|query|text] [how|with "
            "which key|]",
            "[how is|how do I get] my [query|request|input|text] [to you|sent off|handed "
            "in|across to you]",
            "[my|the] [query|input|draft] [is ready|is written] [how do I send it|what do I "
            "press|]",
            "[confirm|finish] my [input|typing|query] [with which key|with enter|how]",
            "[nothing|no answer] comes [after|when] I [typed|wrote] my [question|message] [is "
            "it sent|not sent|]",
            "I [typed|wrote] [it|a question] and [you don't answer|nothing is sent|it just "
            "sits there]",
            "[text|question] [sits|stays] in the box [and is not sent|how do I send it|unsent]",
            "where is the [place|spot] [to type|for questions|where I write] [on the screen|]",
            "[the|my] [writing|typing] [spot|place|space] [where|at the bottom|]",
            "[which|what] [box|field] [takes|is for] my [questions|messages|typing|text]",
            "how [do I|can one] [talk|speak in writing|write] to [you|the model] [with the "
            "keyboard|by typing]",
            "[put|get|squeeze in] [an extra|an additional|an empty|one more] line [in my "
            "question|in the box|]",
            "[skip|leave] a line [in my message|in the prompt|without sending it]",
            "[wrap|break|continue] my [text|message|question] [on|onto] [the next|a "
            "new|another] line",
            "[how|which key] to [break|wrap|split] [the|a] line [but not send|without "
            "sending|in the box]",
            "[avoid|prevent|stop] enter from [sending|submitting] [my message|]",
            "[how do I|can I] press enter [but|and] not [send|submit] [yet|]",
            "[keep|hold] the message [back|unsent] and [start|go to] a new line",
            "[multiple|two|several|three] paragraphs in [one|my|a single] "
            "[question|message|prompt]",
            "[enter|put in] a [long request|text] of [several|many|ten] lines [in the box|as "
            "my message]",
            "[code|a snippet|a table] of several lines [in my message|in the prompt|in the "
            "box how]",
            "[new line|line break|newline] [instead of|not|rather than] [sending|send|submit]",
            "[enter|return] [for|makes|gives] [a new line|newlines] [instead|or does it "
            "send|or sending]",
            "what is the difference between [enter and ctrl j|enter and shift enter|return "
            "and shift return]",
            "[is|does] [shift and return|shift return|control and j] [a line break|make a new "
            "line|break lines]",
            "[which|what] [combination|keys|key combo|chord] [gives|makes|starts] a [new "
            "line|line break]",
            "[key combo|combination|chord] for [a new line|a line break|more lines]",
            "[linebreak|linefeed|newline char|newline character] [how|in my message|in the "
            "box|please]",
            "[return|carriage return] without [submitting|sending|posting]",
            "[half|only a part] of my [message|question|text] [was sent|got sent|went out] "
            "[by enter|]",
            "it [sent|posted|submitted] [only the first line|the first line only|half of my "
            "question]",
            "[how do I|can I] [finish|complete] my [text|message|question] before it [is "
            "sent|goes off]",
            "[send|submit|enter] [button|icon|arrow] [is missing|where is it|nowhere|I can't "
            "find it]",
            "what do I [click|press|hit] to [send|submit|post|get it off]",
            "[mouse|click] to [send|submit] [a message|or enter|my question]",
            "[is|was] my [message|question|text] [sent|submitted|received] [when I press "
            "enter|by enter|]",
            "[after|when] typing [do I press|must I hit] [return|enter|a key]",
            "[asking|posing|putting] [a question|questions] [to the model|here|in the "
            "program] [how|with what key]",
            "[how|where] do I [pose|put in|submit] [a|my] [question|query|request]",
            "[multi-line|multiline|several-line] [editing|typing|writing|entry] "
            "[possible|how|in the prompt]",
            "the [prompt|message] [editor|entry|composer|textbox|input] [how does it "
            "work|where|keys]",
            "[text box|textbox|entry field|composer] [where|for my message|at the bottom]",
            "what do I [do|press] to [ask|get something sent|send off my text]",
            "please how [to send|sending] [message|question|the text]",
            "I don't know [how to ask a question|where to type|where to write|how to send my text]",
        ),
        answers=(
            "Type in the prompt box: **Enter** sends the message, "
            "**Ctrl+J** or **Shift+Enter** starts a new line.",
        ),
    ),
    Topic(
        name="focus",
        label="moving the focus",
        wordings=(
            *key("Tab", "tab", "shift+tab", "shift tab"),
            *actions(
                "[move|change|switch|shift] [the|] focus",
                "[jump|go|move|get] [from one pane to another|to the next pane|between panes]",
            ),
            "focus",
            "[which|what] pane has [the|] focus",
            "[next|previous] pane",
            "[how do I|how can I|how to] [reach|select|enter|get into] [another|the next] pane",
            "my [typing|text|letters] [goes|go] to the wrong [pane|place|box]",
            "the [cursor|focus] is in the wrong pane",
            "[can|do] I [need|use] a mouse [to change panes|to reach a pane|]",
            "[walk|cycle|step] through the panes",
            "[get|go|jump] back to the prompt [box|]",
            "[how do I|how to] [cycle|step|walk] through [the panes|panes]",
            "[move|put] the cursor [in|into] [another|the next] pane",
            "how do I [switch|change|move|hop|get|go|jump] between [the|] "
            "[panes|boxes|windows|areas|parts of the screen]",
            "[hop|move|switch|go|jump] to [the next|another|the other|the previous] "
            "[pane|box|window]",
            "[go|move|step] [back|backwards] to the [previous|last] [pane|box]",
            "which key [moves|changes|shifts|switches] [the focus|between panes|to the next pane]",
            "[activate|select|enter|focus|reach] [a|another|the next|a different] [pane|box]",
            "I am in the wrong [pane|box|window]",
            "I [can't|cannot] type [any more|because the focus is elsewhere|in the prompt]",
            "the [prompt|prompt box|input] [does not have|has lost|lost] [the|] focus",
            "[where|which pane] is [the|my] [focus|cursor]",
            "[where|how] did my cursor go",
            "I lost [the|my] [cursor|focus]",
            "[pane|panes] [switching|navigation|hopping|cycling]",
            "[keyboard|key] navigation",
            "[navigate|move|move around] [with|using] [the keyboard|only the keyboard|keys]",
            "[change|switch|reach|select] panes [without|with] a mouse",
            "[move|go|jump] [right|left] to the [next|other] pane",
            "[focus|select|go to|jump to] the [analysis|tools|conversation|hyperparameters] pane",
            "how do I get [into|to] the [analysis|tools|hyperparameters|conversation] pane [with "
            "the keyboard|]",
            "[return|come back|go back] to [the prompt|typing|the input box|the prompt box]",
            "[cycle|step|walk] through [the|] [panes|boxes|parts of the screen]",
            "[jumping|moving|switching|hopping] [between|from pane to] [panes|pane]",
            "make [a|another|the other] pane active",
            "[active|current|focused|selected] pane",
            "[change|switch] the [active|current|focused|selected] pane",
            "[how do I|can I] [leave|get out of] [a pane|this pane|the pane]",
            "[go|move|] one pane [further|forward|back]",
            "[set|put|give|bring] the focus [to|on|back to] [the prompt|another pane|the next "
            "pane]",
            "[next|previous|other|another] [box|pane|window] [please|]",
            "how do I move [around|about] [the screen|between the parts of the screen]",
            "can I reach [every pane|all panes|the panes] with the keyboard",
            "move the cursor to [the prompt|another pane|the right pane|the next box]",
            "[moving|changing|shifting|switching] [the|] focus",
            "type into [another|a different] [pane|box]",
            "[activate|select|reach] the [analysis|tools|conversation|hyperparameters] [pane|box]",
            "[the|my] focus is [lost|in the wrong pane|in another pane]",
            "[go|step|jump|hop] from [one|this] [pane|box|area] to [another|the next|the other]",
            "[leave|exit] the [prompt|prompt box|input box] [and go to a pane|for another pane]",
            "[get|reach|enter] [a|the] [side|right|other] pane [by|with|using] "
            "[keys|keyboard|the keyboard]",
            "[reach|select|enter] [a|the|another] pane [without the mouse|by keyboard]",
            "[no|without a] mouse how do I [change|reach|select] [panes|a pane|the panes]",
            "I [don't have|have no|don't use] a mouse [how do I get to a pane|how do I change "
            "panes|]",
            "[can|must] I [click|use the mouse] [to|on a pane to] [change panes|select a "
            "pane|give it the focus]",
            "[mouse|click|keyboard] or [mouse|keyboard|keys] [to change panes|for changing the "
            "pane]",
            "[keyboard|key] [shortcut|key] [for|to] [the next pane|change panes|move the focus]",
            "[what|which] key [takes|brings|gets] me [to the next pane|to another pane|back to "
            "the prompt]",
            "[take|bring|get] me [back to the prompt|to the next pane|to the prompt box]",
            "my keys [do nothing|go elsewhere|go to another pane]",
            "[nothing happens|nothing appears] when I type [in the prompt|because of the focus]",
            "I type [but|and] [nothing appears|no letters appear|it goes nowhere]",
            "[typing|keystrokes|my keys] [does not|do not] [reach|arrive in|go to] the prompt",
            "the [arrow keys|keys] [work|act] in the wrong [pane|box]",
            "the [highlighted|selected|active|bright] [pane|border|box] [what is it|how do I "
            "change it]",
            "which [pane|box] is [active|selected|highlighted|focused]",
            "how do I see which pane [is active|has the focus|is selected]",
            "[select|highlight|activate] [the|a] [pane|box] [on the right|beside it|below|next "
            "to it]",
            "[move|switch] over to the [other|right|next|analysis] pane",
            "[step|move|go] [forward|forwards|backward|backwards] through the [panes|parts of "
            "the screen]",
            "[forward|back|backward] [one|a] pane",
            "[the|go to the] pane [before|after] [this one|the current one]",
            "[previous|next] [part|area|field] of the screen [please|]",
            "[cycle|rotate|alternate|toggle] [between|through] [the|] [panes|areas|fields]",
            "[rotate|circle|wander] through the panes",
            "[jump|skip|leap|move] [over|across] to [another|the next] [pane|field|area]",
            "[keyboard|input|cursor] focus [please|where|lost|moves]",
            "[set|shift|transfer|give|return] [the|] [keyboard|input] focus [to|] [the "
            "prompt|another pane|the next pane]",
            "[focus|focusing] [order|key|the prompt|a pane|the next pane|problem]",
            "what does [focus|having the focus] mean [here|for a pane|]",
            "how does the focus [work|move|travel]",
            "where [does|will] the focus go [next|]",
            "[tab|tabbing] [through|between] [the|] [panes|fields|areas|parts of the screen]",
            "what [does|is] tab [do|for] [outside completion|in the panes|]",
            "[shift and tab|tab and shift tab|tab or shift tab]",
            "[tab key|the tab key] [what for|does what|please]",
            "[the|my] cursor [is stuck|is lost|jumped away|is not in the prompt|vanished from "
            "the prompt]",
            "[put|get|bring] [the|my] cursor [back in|back to|into] the [prompt|prompt "
            "box|input box]",
            "how do I [return|get back] to [typing|the prompt|the input box|where I type]",
            "the [hyperparameters|analysis|tools|conversation] pane [how do I get into it|how "
            "do I enter it|select it|give it the focus]",
            "I want [the focus|the cursor] [in|on] the "
            "[next|other|analysis|tools|hyperparameters] pane",
            "switching [panes|the pane|focus|areas] [with keys|by keyboard|]",
            "[pane|focus] [movement|changing|change|selection|traversal]",
            "[move|go] [around|about] [between|among] [the|] panes",
            "[focus|cursor] [into|in|on|onto] the [hyperparameters|analysis|tools|conversation] "
            "pane",
            "[focus|select|enter|step into] the [hyperparameters|analysis|tools|conversation] "
            "[pane|box] [with the keyboard|please|]",
            "[put|set|place|want] [the|my] [focus|cursor] [in|on|into|inside] the "
            "[hyperparameters|analysis|tools|conversation] pane",
            "[move|shift|get|bring] the focus [into|in|to|onto] the "
            "[hyperparameters|analysis|tools|conversation] pane",
            "I want the [focus|cursor|keyboard focus] [somewhere else|elsewhere|on the right|in "
            "a pane]",
            "[which|what] [key|keys] [do I use to focus|focuses|moves the focus to|gives the "
            "focus to] [a pane|the analysis pane|the hyperparameters pane|the tools pane]",
            "[focus|tab] [forward|backward|forwards|backwards] [please|]",
            "[tab order|focus order|focus ring|pane order]",
            "tab [to|into] [another|the next|the hyperparameters|the analysis] pane",
            "the focus [is not|isn't] [where I want it|in the prompt|in the pane]",
            "[unfocus|defocus|blur] the [prompt|prompt box|pane]",
            "[get|bring] the focus [back|away|out of here]",
            "how [is|do I get] the focus [moved|changed|passed on|into a pane]",
            "[keyboard|keys] to [reach|get at|enter] [another|the next|a side] pane",
            "[shift|pass|hand] [the|] focus [along|over|on] [to the next pane|to another pane|]",
            "[how do I|can I] [land|arrive|end up] in [another|the next|a different|the "
            "right] pane",
            "my [keystrokes|keypresses] [land|end up|arrive] in [another|the wrong] [pane|box]",
            "[my letters|the letters] [land|go|appear] [nowhere|in another pane|in the wrong pane]",
            "[can't|cannot|unable to] [get|move|return] back [into|to] the [input box|prompt "
            "box|prompt]",
            "[typing|the keyboard] [has no effect|does nothing] [the prompt has lost "
            "focus|wrong pane active|]",
            "[the|my] [caret|text cursor|cursor] [is gone|isn't in the box|is in another "
            "pane|where is it]",
            "[caret|cursor] back [in|into|to] the [prompt|input] box [please|how|]",
            "[bring|take|carry] the [caret|cursor|focus] [to|over to] [the other side|another "
            "pane|the next box]",
            "[make|let] the [analysis|tools|conversation|hyperparameters] pane [active|the "
            "active one|have the focus]",
            "[give|pass|transfer] [keyboard control|the focus|focus] to the "
            "[next|other|tools|conversation] pane",
            "[how|which key] to [leave|exit|get out of] the [prompt|input box|pane] [with the "
            "keyboard|]",
            "[out|away] of the [prompt|input box] [into|to] [a|the next|another] pane",
            "[trapped|stuck|caught|locked] in [a|this|the analysis|the tools] [pane|box] [how "
            "do I get out|]",
            "I can't [get out of|leave] [this|the] [pane|box] [with the keyboard|]",
            "[how do I|can I] [alternate|flip|toggle|swap] [between|among] [the|] "
            "[panes|prompt and panes]",
            "[flip|swap|alternate] [between|from pane to] [panes|pane] [by keyboard|with a key|]",
            "[which|what] [pane|box|part] [gets|receives|takes] [my keys|what I type|the "
            "keystrokes]",
            "[which pane|what pane] [listens to|receives|takes] [my keys|my typing]",
            "[which pane|in what pane|in which box] [am I in|am I] [right now|on the screen|]",
            "[which|what] pane am I in [now|]",
            "[visit|enter|access] [each|every|all|another] pane [in turn|one after another|by key]",
            "[panes|pane] one after [another|the other] [with a key|by keyboard|]",
            "[go|move] in reverse [through the panes|order of panes]",
            "[backwards|in reverse|the other way round] through the panes",
            "[opposite|reverse|other] direction [through|between] [the|] panes",
            "[forward|forwards|next] and [back|backwards|previous] [between|through] panes",
            "[sidestep|slip|slide|travel|wander] [to|into|over to] [the next|another|a "
            "neighbouring] pane",
            "[neighbouring|adjacent|neighboring] pane [how do I get there|with the "
            "keyboard|please|]",
            "[keyboard-only|mouse-free|mouseless|no-mouse] [use|navigation|way to change panes]",
            "[broken|no|without] mouse [how do I get into a pane|and now to the panes|pane to "
            "pane]",
            "[accessibility|accessible] [can I reach all panes by keyboard|panes without a mouse]",
            "[can|do] the panes [be reached|get focus|have focus] [by keyboard|with keys|with tab]",
            "[how do I|can I] [put|place|set] [keyboard focus|focus] [where I "
            "want|elsewhere|on a pane]",
            "[pane|box] [jumping|hop|jump|cycling|change|changing] [key|shortcut|hotkey]",
            "[hotkey|keystroke|key] [to|for] [jump|hop|cycle] [panes|between panes|to the "
            "next pane]",
            "[focused|unfocused|inactive|active] [pane|box] [change it|how do I tell|which]",
            "[unfocused|inactive] [prompt|input box] [how do I get back|make it active|]",
            "[coloured|colored|bright|thick] [frame|border] around a pane [means focus|what "
            "does it mean]",
            "[shift tab|shift and tab] [goes back|for the previous pane|one pane back|backwards]",
            "[press|hit] tab [to change pane|and the focus moves|for the next pane]",
            "the tab key [moves what|jumps where|changes the pane|switches panes]",
            "[select|choose|pick] [which|the] pane [I type in|has the keyboard|to work "
            "in|gets the keys]",
            "[work|be] in [another|a different] pane [how do I get there|with keys|]",
            "please how [to go|going|to change] [to other|in next|into the other] pane",
            "[focus|cursor] [hop|hopping|jump|jumping|travel] [between panes|from pane to "
            "pane|key]",
        ),
        answers=("**Tab** moves the focus to the next pane, **Shift+Tab** to the one before it.",),
    ),
    Topic(
        name="scroll",
        label="scrolling the conversation",
        wordings=(
            *key("PageUp", "page up", "PageDown", "page down", "pgup", "pgdn"),
            *actions(
                "scroll [up|down|back|the conversation|through the conversation]",
                "[see|read] [older|earlier|previous|the first] [messages|text|answers]",
            ),
            "[scroll|scrolling]",
            "[can|may] I scroll while [you write|an answer is coming|it is streaming]",
            "the [text|answer|beginning] has [scrolled away|disappeared|gone off the screen]",
            "[what|where] is the conversation pane",
            "[explain|describe|tell me about] the conversation pane",
            "the [conversation|conversation pane|transcript] [is too long|does not fit]",
            "where [is|did] [the start|the top] of [the|our|this] conversation [go|]",
            "go to the [top|start|end|bottom] of the conversation",
            "the pane at the left",
            "the transcript [pane|]",
            "[it|the answer] [scrolled away|has disappeared|is gone|has gone off the top]",
            "[move|go|look|page] [up|down|back] [in|through] the [conversation|chat|text]",
            "[page|move] [up|down]",
            "[scroll|go] [up|down] [a bit|a page|please|further]",
            "how do I [look|go] [back|further up] [in the chat|in the conversation|]",
            "I want to [look back|reread|re-read|see|read again|look back at] [what you said|what "
            "was said|the earlier part]",
            "I missed [the beginning|the first part|the top] [of the answer|how do I scroll back|]",
            "the [top|first part|beginning] [is|has] [gone|off the screen|scrolled "
            "away|disappeared|vanished]",
            "I can't see the [beginning|start|end|whole answer|rest of the answer]",
            "the answer [is longer than|does not fit on|runs off] the screen",
            "how do I [reach|see|find] the [beginning|top|bottom|last line] of [a long "
            "answer|the answer|the text]",
            "[show|let me see] [the earlier|older|previous|the last] [messages|answers|questions]",
            "what did [I|you] [say|write|ask] [earlier|before|at the start|older|previous|first]",
            "where are my [earlier|old|previous|first|older] [questions|messages]",
            "[where|how] can I [reread|read again|see again|look back at] [the conversation|your "
            "answer|what I wrote]",
            "read [the conversation|the answer|it] again from the [top|start]",
            "[scroll bar|scrollbar|scrolling]",
            "is there a [scroll bar|scrollbar|way to scroll]",
            "which key [scrolls|moves] [up|down|the text|the conversation]",
            "[scroll|move] the [text|answer|transcript|chat]",
            "the [text|answer|conversation] [moves|runs|scrolls] too fast",
            "it [scrolls|moves] by too [fast|quickly] to read",
            "[back|up] to the [first|earlier|previous|older] [message|answer|question]",
            "[jump|return|go|move|scroll] to the [top|bottom|latest message|last message]",
            "[conversation|chat] [pane|history on the screen|transcript]",
            "the [big|left] pane [with the answers|with my questions|]",
            "what does the [left|conversation] pane [show|hold|contain]",
            "what is in the [left pane|pane on the left]",
            "can I [look|scroll|go] back while [you are writing|it writes|you answer]",
            "keep [reading|scrolling] while [it streams|you write]",
            "scrolling [up|down|back|through the text]",
            "how do I [page|move|go] through [a long|the] [answer|conversation|text]",
            "[scroll|go|move|look] further [up|down] [please|in the text|]",
            "the [rest|end|bottom] of the [answer|text] is [off the "
            "screen|hidden|gone|disappeared|vanished]",
            "my [question|message] has [gone|disappeared|vanished] [off the screen|off the "
            "top|from the screen]",
            "see the [whole|entire|full] [conversation|chat|answer]",
            "[go|look|move|scroll] through [the|our] [old messages|conversation|transcript|chat]",
            "can the [conversation|chat] be scrolled",
            "[go|scroll|move|page] [up|down] a page",
            "[page|leaf|flick|thumb] [back|through] [the conversation|the chat|our conversation|]",
            "[move|jump|shift] the [text|view|conversation] [up|down|back] [a page|a bit|]",
            "how do I [see|read|reach|find] what [you wrote|I asked|was said] "
            "[before|earlier|at the top|a while ago]",
            "[I want|let me|how do I] [see|read|look at] [the earlier answers|earlier text|what "
            "came before|the start of the answer]",
            "what [came|was|stood] [before|above|further up] [this|on the screen|]",
            "[what is|the text] [further up|further down|above|below] [in the conversation|on "
            "the screen|]",
            "[text|lines|answers|messages] [above|off|outside] the screen [how do I see them|]",
            "[the|your] [answer|reply|text] is [taller|longer|bigger] than [the screen|the "
            "window|my terminal]",
            "the answer [does not|doesn't] fit [on|into] [the screen|the window|the pane]",
            "the [first|top|upper] [lines|part|half] [is|are] [gone|cut off at the "
            "top|hidden|off the screen]",
            "the [last|bottom|lower] [lines|part|half] [is|are] [hidden|off the screen|below "
            "the screen|not visible]",
            "[I|we] can't [scroll|see the top|get up there|go up|page up]",
            "[scrolling|scroll] [does not work|doesn't work|won't work|is "
            "stuck|help|keys|how|with keys]",
            "[mouse wheel|the wheel|wheel|touchpad|trackpad] [scroll|to scroll|does it "
            "scroll|scrolling]",
            "can I scroll with [the mouse|the wheel|the arrow keys|the touchpad|my trackpad]",
            "[scroll|page] [with|using] [keys|the keyboard|the mouse wheel|arrow keys]",
            "which keys [scroll|page|move the text|go through the conversation]",
            "[arrow keys|home and end|home|end] [in the conversation|to scroll]",
            "[page up|page down|pageup|pagedown] [key|keys|what does it do|please]",
            "[jump|go|get|skip] to the [very|] [beginning|end|newest|latest|first] "
            "[message|answer|of the conversation|]",
            "[back|down] to the [newest|latest|bottom|end] [message|answer|of the conversation|]",
            "[return|get back] to the [newest|latest|last] [answer|message|line]",
            "[up|down|further up|further down|higher|lower] [please|a page|a bit|]",
            "[one page|a page|a screen|half a page] [up|down|back]",
            "it [jumps|scrolls|moves] [away|down|on] while I am reading",
            "[the text|it] keeps [moving|jumping|scrolling] while I [read|am reading]",
            "[keep|hold] the [text|view|conversation] [still|in place] while [it writes|you "
            "write|streaming]",
            "can I read [earlier|older|previous] [text|messages|answers] while [you write|it "
            "streams|an answer comes]",
            "[look up|reread|re-read|revisit|review] [an earlier|your last|a previous|the "
            "first] [answer|message|question]",
            "[review|revisit|reread] [our|the|this] [conversation|chat|dialogue] [so far|from "
            "the start|]",
            "[rewind|go back in] [the|our] [conversation|chat]",
            "[where|what] was my [first|last|previous] question [on the screen|in this "
            "conversation|how do I scroll to it]",
            "where [is|has] [the|your] [first|earlier|previous|last] answer [gone|]",
            "[my|the] [first|earlier|previous] [question|message|answer] [has scrolled away|is "
            "off the screen|is out of sight|went off the top]",
            "[out of|no longer in] sight [how do I get it back|scroll back|]",
            "[past|old|earlier] [lines|text|output] [in the pane|of this conversation|on the "
            "screen]",
            "[scrollback|scroll back|scroll-back|scroll up|scroll down] [please|buffer|key|]",
            "how [far|much] can I scroll [back|up]",
            "does the conversation [pane|] [scroll|have a scroll bar|show everything]",
            "what does the [conversation|left|main|big] pane [contain|show|have in it]",
            "the [main|conversation|left|biggest] pane [explained|what is it|for]",
            "[whole|entire|full] [answer|conversation|text] [not visible|how do I see it|on the "
            "screen]",
            "[it|the text|the answer] [moves|runs|rushes|flies|goes] [by|past] too "
            "[fast|quickly] [to read|for me]",
            "[messages|lines|text] [outside|above|off|beyond] the [screen|top|window|edge]",
            "[messages|lines|text|words] [have|has] [gone off|left|vanished off|disappeared "
            "from] the [screen|top]",
            "[scroll|page] [up|down|back] [please|a page|through the conversation]",
            "[read|see|look at] [what|the part that|the text that] [scrolled|went|moved] "
            "[away|past|off the screen|up]",
            "[earlier|older|previous|first] [messages|lines|answers] of this [conversation|chat] "
            "[on the screen|further up|above|where]",
            "[how do I|can I] [get|go|move] [further up|back up|to the top|upwards] [in the "
            "conversation|in the text|]",
            "[up|down] [a page|one page|by a page] [in the conversation|please|]",
            "[page up|page down|pageup|pagedown] [key|please|does what|]",
            "I [want|need] to [read|see] [the beginning|the top|the start] of [the answer|this "
            "answer|a long answer]",
            "[the answer|it] is [longer|taller|bigger] than [the|my] [screen|window]",
            "the [top|beginning|first part] of the answer is [gone|cut off|out of sight|off the "
            "screen]",
            "[mouse wheel|wheel|scroll bar|scrollbar] [in the conversation|for the "
            "conversation|please|]",
            "[see|read|look at] [again|once more] what [stood|you wrote] [higher up|further "
            "up|up there]",
            "[upwards|downwards|upward|downward] [in|through] the "
            "[chat|conversation|text|transcript]",
            "[wander|climb|wind|crawl] [back|] up [the|through the] [conversation|chat|transcript]",
            "[roll|wind|spool] [the|] [text|conversation|chat] [back|up|down]",
            "[move|slide|push|drag] the [conversation|text|chat] [upwards|downwards|up|down]",
            "[how do I|can I] [get|climb|come] [up|back] to [my first|an earlier|the first] "
            "[question|message]",
            "[view|display|show] [the|] [upper|lower|first|hidden] part of [the answer|your "
            "answer|the conversation]",
            "[upper|lower|hidden] [part|half] of [your|a long] [answer|reply] [how do I see it|]",
            "[the|your] answer [runs|flows|goes] [over|past] [the edge|the bottom|the top] of "
            "the [screen|pane]",
            "[the|your] [long|] answer [overflows|is bigger than] [the screen|the pane|the window]",
            "I [only|just] see the [last|final] [lines|part] of [the|your] answer [on the screen|]",
            "only the [end|last lines|tail] of the answer [is visible|fits|can be seen|is on "
            "the screen]",
            "[text|the answer|everything] [flies|whizzes|zooms|races|rolls] by [too "
            "fast|before I can read it|]",
            "[cannot|can't] [keep up|follow] [it scrolls so fast|the text runs away|while it "
            "scrolls]",
            "[the|my] [view|screen] [jumps|hops|snaps] [down|to the end|to the bottom] [while "
            "I read|]",
            "[stay|remain] [where I am|at this place] [in the text|while it writes|when new "
            "text comes]",
            "[keep|stop] it from [jumping|scrolling] [down|to the end] [while I read|]",
            "[pause|freeze|hold] the [scrolling|view] [while it streams|to read|]",
            "[read|look] [back|up there] [during|while] [streaming|an answer|it writes]",
            "[what did|where is what] we [talk|spoke] about [at the top|further up|at the "
            "beginning of this chat]",
            "[start|beginning|top] of [this|the current|our] [conversation|chat] [how do I "
            "get there|go there|]",
            "[first|opening|earliest] [line|message] of [this|our] [chat|conversation] [go to "
            "it|please]",
            "[newest|latest|most recent] [line|text|message] [at the bottom|how do I get down "
            "there|jump to it]",
            "[all the way|right] [up|down|to the top|to the bottom] [please|in the conversation|]",
            "[move|go] a [screenful|screen|page] [up|down|back|forward|further]",
            "[screenful|pageful] [by|after] [screenful|pageful] through [the conversation|a "
            "long answer]",
            "[line by line|page by page|slowly] [up|down] through [the text|the "
            "conversation|the answer]",
            "[scroll|scrolling] [speed|lines|amount|direction|position] [in the conversation|]",
            "[no|missing|where is the] [scrollbar|scroll bar|slider] [at the side|in the "
            "conversation|]",
            "[mouse|trackpad|touchpad|wheel] [doesn't scroll|won't scroll|scrolling broken|to "
            "scroll up]",
            "[laptop|my keyboard] has no [page up|page down|pageup|pagedown] [key|] [how do I "
            "scroll|]",
            "[pgup|pgdn|page up] [does nothing|not working|on a laptop|on a mac]",
            "which [keys|buttons] [take|bring|get] me [up|down|back up] in the [chat|conversation]",
            "[key|keys|shortcut|hotkey] [for|to] [scrolling|scroll up|going up in the "
            "chat|page back]",
            "the [conversation|dialogue|chat] [area|column|box|section|window] [where|what is "
            "in it|explained]",
            "[largest|biggest|leftmost|main] [area|pane|box] [of the screen|holds what|what is it]",
            "the [dialogue|talk|exchange] [so far|up to now] [on the screen|further up|reread it]",
            "[reread|skim|glance over|look over] [the|our] "
            "[dialogue|talk|exchange|discussion] [so far|]",
            "[lost|missed] the [top|first lines|start] [of your reply|of the text] [it "
            "scrolled off|went by]",
            "my [words|question|text] [moved|slid|slipped] [off the screen|out of view|out of "
            "the window]",
            "[slid|slipped|moved|wandered] [off|out of] [screen|view|sight] [how do I see it|]",
            "[bring|get|fetch] [back|] [into|in] [view|sight] [what scrolled off|the earlier "
            "text|the start]",
            "[can|could] you [scroll|page|move] [up|down|the text] [for me|please|]",
            "[look|peek|glance] further up [to|at] [the|your] [previous|earlier] "
            "[answer|reply|text]",
            "where has [everything|the text|my text] [above|before this|up there] gone",
            "[there is|is there] [text|something] [above|below] [the edge|what I see] "
            "[scroll|how do I see it]",
            "please how [to go|going] up [in conversation|in the text|to old messages]",
        ),
        answers=(
            "The conversation pane at the left holds questions and answers. "
            "**PageUp** and **PageDown** scroll it, even while an answer is streaming.",
        ),
    ),
    Topic(
        name="palette",
        label="the command palette",
        wordings=(
            *key("Ctrl+P", "ctrl-p", "ctrl p", "control p"),
            *concepts("the [command palette|palette]"),
            *actions("[open|use|find|see|call up] the [command palette|palette]"),
            "[command palette|palette]",
            "[search for|find|look for] [a command|commands] by [typing|name]",
            "where is the [palette|command palette]",
            "[do you have|is there] a [palette|command palette]",
            "I [can't|cannot] [find|open|show|bring up|display] the [palette|command palette]",
            "is there a [menu|command menu|list of actions] [I can search|to choose from|]",
            "[menu|the menu|command menu|quick menu|action menu]",
            "[open|show|bring up|display] the [menu|command menu|command list]",
            "where is the menu",
            "[search|look for|find|look through|filter] [a|an] [command|action|function] by name",
            "[type|enter] a few letters [to find a command|of a command|]",
            "[search|find] box for commands",
            "I [don't know|forgot|can't remember] the name of a command [can I search for it|how "
            "do I find it]",
            "which key [opens|shows|brings up|calls up] the [palette|command palette|menu]",
            "how do I [search|filter|look through] [commands|the commands|actions]",
            "[run|start|pick|choose] a command [from a list|from a menu|by searching|without "
            "typing it all]",
            "the [window|box|list] [with commands|to find commands|to search commands]",
            "what do I [type|do] in the [palette|command palette]",
            "[palette|command palette] [key|shortcut|please|help]",
            "[show|display|bring up] the [palette|command palette]",
            "can I [search|look] for [commands|a command|an action]",
            "[palette|command palette] [how|where] [is it|do I open it]",
            "[what|which] [things|commands|actions] are in the [palette|command palette]",
            "[close|leave] the [palette|command palette]",
            "how [do|can] I [use|work|get|reach] the [palette|command palette]",
            "[command|action] [search|finder|menu|list]",
            "a [search|menu] [for|of] commands",
            "a [quick|fast] way to [find|run] [a command|commands]",
            "[does it have|has it got|does harmony-tui have] a [command palette|menu]",
            "I want to [pick|choose] [a command|an action] from a [menu|list]",
            "[look|search] for a [command|function|action]",
            "[using|opening|finding] the [palette|command palette]",
            "what is the [menu|pop-up] [for|good for]",
            "find [an|the] action [quickly|by typing a few letters|by its name|by name|by typing]",
            "how do I get a menu [of commands|here|]",
            "[palette|command palette] [on|with] [which key|what key]",
            "[fuzzy|quick] [search|find|finder] [for|of|over] commands",
            "[search|filter|look up] [through|] [all|] [actions|commands|functions] [by "
            "typing|by name|]",
            "[a|the] [list|box|window] where I can [search|filter|type to find] [commands|actions]",
            "the [search|command] [window|box|dialog|dialogue|popup|pop-up] [opens with what|key|]",
            "open the [search|command] [window|box|dialog|dialogue|popup|pop-up]",
            "[like|as in] [VS Code|vscode|Sublime] [command palette|is there a palette|the "
            "palette]",
            "does [it|harmony-tui|this] have a [palette|palette like VS Code|command "
            "search|command launcher]",
            "[command|action] [launcher|runner|picker|chooser|palette]",
            "a [launcher|picker|chooser] [for|of] [commands|actions]",
            "[launch|run|execute|choose|pick] [a command|an action] [by its name|by "
            "searching|from the palette|from the menu]",
            "[how|where] do I [pick|choose|select] [an action|a command] [from a menu|by name|]",
            "where are the menus",
            "[there is|I see|I find] no [menu|menu bar|menubar]",
            "[menu|menus|menu bar|menubar|main menu|drop-down menu]",
            "[is there|have you got|where is] [a|the] [main menu|menu bar|drop-down "
            "menu|context menu]",
            "how do I [open|reach|get to|call] the [menu|main menu|palette]",
            "which [key|shortcut] [is for|opens|gives me] the [menu|main menu|command "
            "search|palette]",
            "[the|a] [key|shortcut|hotkey] for [the palette|the command search|searching "
            "commands|the menu]",
            "I [pressed|hit] control p and [a box|a list|something|a window] "
            "[opened|appeared|came up]",
            "a [box|list|window] with [all|the] commands [opened|appeared|came up]",
            "[find|reach|get at] [any|every|each] [command|action] [without knowing its "
            "name|quickly|by search]",
            "I only know part of [a command|the command's name|its name]",
            "I know what I want [to do|] but not the [command|name of the command]",
            "I can't remember [what the command is called|the command's name|how the command is "
            "called]",
            "[what was that|what is the] command called [how do I search|where do I search]",
            "[search|look] for [what I want to do|something to do|a function of the program]",
            "[typing|type] part of a [command|name] [to find it|in the palette|]",
            "[autocomplete|auto-complete|suggest|suggestions] for [commands|actions] [in a "
            "box|in the palette]",
            "[control|ctrl] and p",
            "p with [control|ctrl]",
            "what's the [palette|command palette|ctrl p thing]",
            "palette [of commands|commands|search|open|window]",
            "[the|a] palette [of|with] [commands|actions|everything]",
            "[everything|all actions|all commands] in [one|a] searchable [list|menu|box]",
            "a searchable [list|menu|box] [of commands|of actions|]",
            "can [commands|actions] be [searched|filtered|found by name]",
            "[commands|actions] [searching|search|filter|lookup]",
            "[palette|command palette] [shortcut|explained|usage|won't open|does not open]",
            "the palette [won't|does not|will not] [open|appear|show up|close]",
            "how do I [close|leave|dismiss|get out of] the [palette|command palette|search box]",
            "what [shows up|is listed|appears] in the [palette|command palette]",
            "is [quit|theme|every command] [also|] in the palette",
            "[do|run|start] something from the [palette|command palette]",
            "[use|work with] the palette [instead of slash commands|rather than keys|]",
            "palette or slash commands",
            "[faster|quicker] than typing the whole command",
            "is there a [quick|fast|faster] way to [reach|run|find] commands",
            "[show|give] me [something|a box|a field] to search [commands|actions|the program's "
            "functions]",
            "[command palette|palette] [please|key|open|where|]",
            "[search|find|look for|look up] [a|the|all] [command|commands|action|actions] [by "
            "typing|by name|with a few letters]",
            "[open|show|bring up|call up] the [palette|command palette|command search]",
            "[ctrl p|control p] [palette|opens what|]",
            "[fuzzy|quick|instant] [command search|search of commands|finder]",
            "[palette|command palette|command search] [how|works how|for what|explained|shortcut]",
            "[find|search|look for] [a command|commands|an action] [quickly|without knowing its "
            "name|in a list|by a few letters]",
            "[type|typing] [a few|some] letters [of a command|to find a command|to search "
            "commands]",
            "[a|the] [searchable|quick] [menu|list] of [commands|all commands|actions]",
            "[command|commands] [finder|search box|searcher|lookup|browser|selector]",
            "[find|locate|track down|hunt for|dig up] a command [by typing|by its name|by a "
            "few letters|]",
            "[look|hunt|dig|rummage] [for|through] [a command|the commands|commands] [by "
            "typing|in a box]",
            "[searchable|filterable|clickable] [command|commands|action|menu] "
            "[list|box|menu|window]",
            "[filter|narrow down|search] the [commands|actions|list of commands] [as I "
            "type|by letters|]",
            "[forgot|forgotten] [the|a] command's [name|exact name|spelling] [search it|how "
            "do I find it]",
            "[how|where] do I [search|look up] a command [whose name I forgot|without knowing "
            "its name|by part]",
            "[I remember|I only know] [the first letters|some letters|half] of [a|the] command",
            "[some|a few|two|the first] letters of [a|the] command [are enough|find it|to run it]",
            "[do|can] I [have to|need to] [type|know] the [whole|full|exact] command [or "
            "search for it|]",
            "[pop up|popup|overlay|dialog] [with|for|to search] [the|all|] [commands|actions]",
            "[raise|summon|pop up|fire up|invoke|trigger] the [palette|command "
            "palette|command search]",
            "[summon|invoke|pull up|raise] [a|the] [menu|command menu|action menu]",
            "[how|where] do I [summon|invoke|trigger|pull up] the [palette|command menu|menu]",
            "[drop down|dropdown|pull-down|pulldown] menu [with the commands|is there one|of "
            "this program]",
            "[toolbar|button bar|menu ribbon] [of this program|with the commands|for "
            "commands|of commands] [where|]",
            "[no|I miss a|I need a] [menu|toolbar|menu bar] [in this program|with the "
            "commands|for commands]",
            "[is|was] there [some|any] kind of [menu|command box|palette|launcher]",
            "[right click|right-click] menu [is there one|for commands|]",
            "[spotlight|alfred|launchpad|omnibox] [like|style] [search|box] [for commands|of "
            "commands]",
            "[ctrl shift p|command shift p|cmd p] [like in VS Code|palette|for commands]",
            "[vs code|emacs|editor] style [command palette|command box|palette]",
            "[M-x|alt x|meta x] [like in emacs|for commands|as in emacs]",
            "[quick|fast|speedy] [action|command] [search|box|menu|launcher|picker]",
            "[execute|trigger|perform|carry out] [a|an|some] [command|action] [from the "
            "palette|by search|from a menu]",
            "[choose|select] [from|among|out of] [a menu of|all|the] [actions|commands] [with "
            "arrow keys|]",
            "[offer|give|show] me [a menu|a choice of commands|commands to pick from|a "
            "searchable list]",
            "[give|show] me a [box|field|window] [to search commands|to find commands|for "
            "finding actions]",
            "[type|write] what I want to do and [get|find|see] the [command|matching "
            "command|action]",
            "[type to search|type-to-search|search as you type|fuzzy finding] [for "
            "commands|of actions]",
            "[fuzzy|partial|approximate|incomplete] [name|match|spelling] of a command [finds "
            "it|search|works]",
            "[does|can] the palette [find|match|search] [parts of words|partial "
            "names|commands by letters]",
            "how [do|can] I [do|reach] everything [from one box|through a menu|without "
            "knowing commands]",
            "every [action|function|feature|command] [from|in] one [box|place|menu|window]",
            "[which|what] [hotkey|keystroke|key combination] [brings|pops] up the "
            "[palette|command search|menu]",
            "[hotkey|keystroke|combination] for the [palette|command box|command search|menu]",
            "[quit|dismiss|exit|cancel|get rid of] the [palette|command palette|command "
            "search|pop-up]",
            "the [palette|command palette] is [open|in the way|still there] [how do I close "
            "it|close it|]",
            "[palette|command palette] [won't go away|appeared by itself|is stuck open|not "
            "opening]",
            "[nothing|no match|no result] [in|found in] the [palette|command search] [for "
            "what I typed|]",
            "what [should|do] I [write|enter|search for] in the [palette|command search]",
            "[contents|entries|items|choices] [of|in] the [palette|command palette|command menu]",
            "[the|a] thing where [I type|you type] [letters|something] and [commands "
            "appear|it finds commands]",
            "that [box|window|thing] [for searching|to search|where you search] [commands|actions]",
            "[mouse|click] [friendly|-friendly|] [menu|way to choose a command|list of "
            "commands to click]",
            "[alternative|another way] to [typing|remembering] [slash commands|commands] [a "
            "menu|by search]",
            "please where [is|to find] [menu|palette|command menu|the menu of commands]",
        ),
        answers=(
            "**Ctrl+P** opens the command palette: type a few letters of what you want to do, "
            "then press **Enter**.",
        ),
    ),
)
