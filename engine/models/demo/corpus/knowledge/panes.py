"""The panes of the screen, and the status line below them."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, concepts, key
from engine.models.demo.corpus.topic import Topic

PANES: tuple[Topic, ...] = (
    Topic(
        name="panes",
        label="the panes of the screen",
        wordings=(
            *concepts("[the layout|the screen|this screen]"),
            *actions("[find my way around|understand|read] [the|this] screen"),
            "[what|which] panes [are there|do you have|can I see|are on the screen]",
            "[list|name|explain|describe] [the|all|all the] panes",
            "how many panes are there",
            "what [am I looking at|do I see here|is on the screen]",
            "[explain|describe] [what I see|the different parts of the screen|the interface]",
            "what are [the|all these|these] [panes|boxes|windows] [for|]",
            "what are the [parts|areas|panes] of [the|this] screen",
            "[give me|I want] a tour [of the screen|]",
            "how is the screen [arranged|organised|divided|laid out]",
            "[panes|layout]",
            "what is [left|right|where|where on the screen]",
            "I see [many|four|several|so many] [panes|boxes] what are they",
            "[please|] [explain|describe|show me] [the panes|all panes|the screen|the layout]",
            "[could|can|would] you [explain|describe] "
            "[the panes|the parts of the screen|what I see]",
            "I [want|would like|need] to know what [the panes are|all these panes are|I see here]",
            "[I don't|I do not] [understand|know] [the panes|what the panes are|what I see here]",
            "[parts|areas] of the [screen|layout]",
            "a tour of the [screen|panes|layout]",
            "how [are the panes|is everything] [arranged|laid out|organised]",
            "[what|who] [is|goes] where [on the screen|here|]",
            "[overview|description|map|plan|diagram] of the [screen|layout|interface|window]",
            "[give|show] me [an overview|a tour|a map] of the [screen|interface|layout]",
            "[what|which] [sections|parts|regions|windows|boxes] [does the screen have|are there "
            "on the screen]",
            "what is [on|at] the [right|right hand side|right of the screen]",
            "what [are|do] [the boxes|the panes|those boxes] on the right [show|mean|for]",
            "[user interface|interface|screen layout|window layout|display|UI]",
            "[explain|describe] the [UI|user interface|display|whole screen]",
            "this screen is [confusing|complicated|full of boxes|a maze]",
            "[so|too] many [boxes|panes|windows] [here|on the screen|what are they for]",
            "there is [so much|a lot] on the screen [what is it all|]",
            "I don't know where to look [on this screen|on the screen|]",
            "[which|what] [pane|box|part] [is|does] [which|what]",
            "[show|hide] [all|some] [of the|the|] panes",
            "how do I [show|hide|toggle|close] [a pane|panes|the side panes|the panes on the "
            "right]",
            "can I [hide|close|remove] the [panes|side panes|boxes] [on the right|]",
            "the [right side|side panes|panes at the right]",
            "[which|what] keys [show|hide|toggle] [the|] panes",
            "[four|three|five] panes",
            "what [does each pane|does every box|do the different panes] [show|do|mean]",
            "[what is|what's] [all|everything] on [the|this|my] screen",
            "[guide|walk|lead] me [around|across|through] the [screen|panes|interface]",
            "[names|list] of the panes",
            "how is [the|this] [window|display|interface] [organised|structured|built up|split]",
            "where [is|do I find] what on [the|this] screen",
            "[structure|arrangement|organisation] of the [screen|panes|display]",
            "the [panes|boxes|windows] of [harmony-tui|this program|the program]",
            "what are the [four|three|little|side] [panes|boxes|windows]",
            "[describe|explain] what is on [the|my] screen",
            "I want to [understand|know] the [layout|screen|interface]",
            "[left|right] side of the screen [what is it|and the other side|]",
            "[screen|layout|interface] [tour|explained|overview|help]",
            "how many [boxes|windows|parts|areas] [are there|does the screen have]",
            "what do I see [left and right|on the left and on the right|where]",
            "make sense of [the|this] [screen|layout|display]",
            "which panes [can I hide|can be hidden|are optional]",
            "[who|what] lives [where|on this screen]",
            "what is [what|what here] on [this|the|my] screen",
            "what [is|are] [all|each of] [this|these|those] "
            "[stuff|areas|boxes|sections|rectangles|frames] [on the screen|for|]",
            "[boxes|frames|rectangles|sections|areas|columns] on [the|my] screen [what are "
            "they|explained|]",
            "[explain|describe|name] the [boxes|frames|sections|areas|columns] [on the "
            "screen|on the right|]",
            "[explain|describe] [the|this] [window|screen|view|display|user interface] [to "
            "me|please|]",
            "the [screen|window|interface|display] [is split|is divided|has parts] [how|into "
            "what|why]",
            "[split|divided|multi-pane] [screen|window|view] [explained|why|what is where]",
            "how is [the|this] [screen|view|window] [split|divided|composed|built]",
            "what [is|do I find] on the [left|left hand side|left and right]",
            "what [is|stands|appears] [on|at] the [right|right side|right-hand side] [of the "
            "screen|]",
            "[left|right] [hand side|half|column] of the screen",
            "[a|quick|guided|short] tour [of the screen|of the interface|of the panes|please]",
            "[guided|screen|interface] [tour|walkthrough|walk-through|orientation]",
            "[walkthrough|walk-through|orientation|anatomy] of the [screen|interface|window]",
            "[orient|orientate] me [on this screen|]",
            "[orientation|overview|map] [please|of the panes|of what is where]",
            "I am [overwhelmed|confused|lost] by [all these boxes|the screen|the panes|so many "
            "panes]",
            "all these [boxes|panes|windows|frames] [confuse me|are confusing|what are they]",
            "[too many|so many|lots of] [frames|areas|sections|things] on [the|my] screen",
            "the screen [looks|is] [busy|crowded|cluttered|complicated|full]",
            "[busy|crowded|cluttered|complicated] screen [what is what|explain it|]",
            "[where|how] do I [look|read] [first|what] on [this|the] screen",
            "where [on the screen|in the window] [is|are] [what|everything]",
            "[simplify|tidy|declutter|clean up] the [screen|layout|view]",
            "[more room|make room|more space] [for the conversation|on the screen] [hide the "
            "panes|]",
            "how do I get [rid of the side panes|more room for the conversation|the side panes "
            "back]",
            "[side|right] panes [are gone|have vanished|hidden|disappeared|missing]",
            "[where|why] are the [side|right|three] panes [gone|hidden|]",
            "why do I see [only one|just one|no side] [pane|panes]",
            "[only|just] one pane [is shown|is visible|on the screen] where are the others",
            "my terminal is [narrow|small|too narrow] [where are the panes|and the panes are "
            "gone|]",
            "in a [narrow|small] terminal [where are the panes|what about the panes|how do I "
            "see the panes]",
            "[wide|narrow] terminal [and panes|layout|panes]",
            "how [wide|many columns] must the terminal be [for the panes|to see all panes|]",
            "[open|close|fold|unfold|collapse|expand] [the|all|some] [side|] panes",
            "which [keys|key|F keys] [open|close|hide|belong to] [the|which] panes",
            "F2 F3 and F4 [which panes are they|which pane is which|]",
            "the [three|four] [panes|areas|boxes] [and their keys|explained|what do they show]",
            "[pane|panes] [overview|layout|explained|help|list|names|keys|arrangement]",
            "[layout|screen|UI|GUI] [explained|description|overview|parts|elements]",
            "[elements|components|parts|sections] of the [interface|screen|UI|window]",
            "[what|which] [elements|components|sections] does the [interface|screen|UI] have",
            "[the|a] [picture|sketch|scheme|description] of the layout",
            "how [do|can|should] I [read|make sense of] this [screen|interface|layout]",
            "I [see|have] [four|three|several|a lot of] [areas|sections|windows|frames] [on my "
            "screen|what for|what is each for]",
            "what [is each|does each] [pane|box|area|section] [for|show|do]",
            "[each|every] [pane|box|area] [explained|what is it for]",
            "[layout|arrangement|parts] of the [screen|window|display] [please|explained|]",
            "[which|what] panes [are there|exist|does the program have|do I see]",
            "[how many|all the|all] panes [are there|on the screen|explained]",
            "[name|explain|describe|list] [all|] the panes [please|of the screen|]",
            "what [is|do I see] on the [left|right|left side|right side] [of the screen|]",
            "[a tour|an overview|a map|a guide] of the [screen|panes|window|layout]",
            "what [are|is] [all these|those|the different] [boxes|areas|parts|frames|rectangles] "
            "[on the screen|for|]",
            "[which|what] [box|pane|area] is which",
            "screen [layout|areas|parts|regions|overview]",
            "[the|] [four|different|several] panes [what are they|explained|of the screen]",
            "[which|what] is [everything|all that|all this] [on my screen|in this window|on "
            "display here]",
            "[make|draw|sketch] me a [map|plan|picture] of [the|this] [screen|window|layout]",
            "[sketch|outline|summarise|summarize] the [screen|layout|interface|window] [for "
            "me|please|]",
            "[geography|topography|anatomy|floor plan] of the [screen|window|interface]",
            "[introduce|present] me to the [panes|screen|interface|window]",
            "[introduce|present] the [panes|parts of the screen] [please|to me|]",
            "[break down|run through|go over] the [screen|panes|interface] [for me|please|]",
            "[how do I|can I] [decipher|decode|interpret|navigate by eye] [the|this] "
            "[screen|interface|layout]",
            "[decipher|decode|interpret] [this|the] [screen|layout|interface] [for me|please|]",
            "[what|which] [pieces|subdivisions|compartments|blocks] [make up|does one see on] "
            "the screen",
            "[pieces|compartments|blocks|tiles|cells] [of|on] the [screen|window|interface] "
            "[explained|]",
            "[tiles|tiled|tiling] [window|screen|layout] [what is what|explained|]",
            "[grid|dashboard|cockpit] [of panes|of boxes|explained|what is what]",
            "it looks like a [cockpit|dashboard|control room] [what is all that|what is what]",
            "[my|the] [screen|window] is [cut|partitioned|separated] into "
            "[pieces|boxes|sections] [why|what for]",
            "[names|meaning|purpose|function] of [each|every] [pane|box|section] [on the screen|]",
            "what is each [frame|rectangle|compartment|region|column] [on the screen|] "
            "[called|good for|about]",
            "[what|how] are the [frames|areas|boxes|sections] [on the screen|] [called|named]",
            "[upper|lower|top|bottom] right [pane|box|corner] [of the screen|what is it|and "
            "lower right]",
            "what is [in|at] the [upper right|lower right|top right] [corner|] [of the screen|]",
            "[middle|bottom|top] pane [on the right|on the right side|at the right] [what is it|]",
            "[three|the three|those three] [boxes|frames|windows] [on the right|at the "
            "right|beside the chat]",
            "[what|which] are the [panels|panel] [on the right|beside the conversation|of the "
            "screen]",
            "[panels|panel] [on the right|of the screen|overview|explained|list|which are there]",
            "[which|what|how many] panels [are there|does the screen have|can I see]",
            "[close|hide|fold away|dismiss|put away] [all|] the [panels|side panels|panes "
            "beside the chat]",
            "[side|right-hand] [panels|boxes|column] [off|away|back|on] [please|how|]",
            "[get|bring|fetch] [all|] the [panels|side panes|boxes] [back|on the screen again]",
            "[panes|panels|boxes] [I closed|I hid] [how do I bring them back|back on screen "
            "please]",
            "the right [half|part|side] of [the|my] screen [is empty|disappeared|is gone|has "
            "vanished]",
            "[where|how come] [did|have] the [panels|side panes|boxes on the right] [go|gone]",
            "[panes|panels] [do not|don't] [fit|show] [in my terminal|on my small screen|in a "
            "small window]",
            "[small|tiny|little|narrow] [screen|display|window] [panes missing|no panes|which "
            "panes fit]",
            "[enlarge|widen|maximise|maximize] my terminal [to see the panes|for all panes|]",
            "[just|only] the [conversation|chat] [no side panes|without the panels|on the "
            "screen please]",
            "[want|I'd like] a [clean|minimal|bare|plain] screen [without side panes|only the "
            "conversation|]",
            "[distraction free|distraction-free|zen|minimal] [mode|screen|view|layout]",
            "[how|where] do I [learn|find out] what the [panes|boxes|areas] are",
            "[which|what] [keys|F keys|function keys] [are for|belong to|control|go with] the "
            "[panes|panels]",
            "[F2 to F4|F2 F3 F4|f2 f3 f4] [panes|what do they show|]",
            "what [does one|do I] [look at|watch] [where|in which pane]",
            "[what|which] [information|thing] is [shown|found|displayed] in [which|what] "
            "[pane|panel|box]",
            "[where|in which pane] [is|do I find] [which|what kind of] information",
            "[new here|first time] what [are|is] [these panes|all these windows|on this screen]",
            "[visual|graphical|text|terminal] interface [explained|overview|parts|tour]",
            "[TUI|tui|GUI] [layout|explained|parts|overview|tour]",
            "please to explain [windows|panes|the screen|parts of screen]",
            "[view|window|screen] [composition|division|partition|structure|anatomy] "
            "[please|explained|]",
        ),
        answers=(
            "At the left is the **conversation**; at the right are **analysis** (F2), **tools** "
            "(F3) and **hyperparameters** (F4). Below them are the prompt box and the status line.",
        ),
    ),
    Topic(
        name="analysis_pane",
        label="the analysis pane",
        wordings=(
            *key("F2", "f2"),
            *concepts("the analysis pane"),
            *actions(
                "[show|hide|see|open|close] [the|your] [analysis|analysis pane|reasoning|thinking]",
                "[see|read|watch] [what you think|you think|your thoughts|your reasoning]",
            ),
            "[show|hide] [the|your] [thoughts|thinking|reasoning|analysis]",
            "where [is|do I see] [the|your] [analysis|reasoning|thinking]",
            "where are your thoughts",
            "I [can't|cannot|don't] see [the|your] [analysis|reasoning|thoughts|thinking]",
            "[what are you thinking|what is going on in your head|what is the "
            "text in the analysis pane]",
            "do you [think|reason] before you [answer|speak|write]",
            "[too much|I don't want to see the] [analysis|reasoning|thinking] [on the screen|]",
            "[let me|can I|may I|I want to] [see|read|watch] [how you think|your mind at "
            "work|your train of thought]",
            "[chain of thought|train of thought|inner monologue|thought process]",
            "show [me|] your [chain of thought|thought process|train of thought|inner monologue]",
            "[what|which] [is|was] your [reasoning|line of thought|thought process]",
            "how did you [come to|arrive at|reach|get to] that [answer|conclusion]",
            "which [key|pane] [shows|hides|displays] [the reasoning|your thoughts|the "
            "thinking|the analysis]",
            "[hide|close|remove|switch off|get rid of] [the|your] "
            "[thinking|reasoning|thoughts|analysis] [text|pane|please]",
            "I don't [want|need] to see [you think|your thoughts|the thinking|how you reason]",
            "[keep|spare me] your thoughts [to yourself|]",
            "[only|just] the answer [without the thinking|without the reasoning|no analysis] on "
            "the screen",
            "[thoughts|thinking|reasoning] [pane|box|window]",
            "the [pane|box|window] [with|for] [your thoughts|the thinking|the reasoning]",
            "[what is|what's] [this|that|the] text [on the right|at the right] before the answer",
            "why do you [write|say] [something|things] [to yourself|on the right] [before you "
            "answer|first|]",
            "[you are|are you] talking to yourself",
            "[toggle|collapse|reveal|unhide] the [analysis|reasoning|thoughts]",
            "[turn|switch] [on|off] the [analysis|analysis pane|thinking pane|reasoning display]",
            "where can I [read|watch|follow|see] [what you think|how you think|the thinking]",
            "[can|could] I [look|peek] [into|inside] your [head|mind|brain]",
            "[look|peek] inside your [head|mind|brain]",
            "[the|your] [thinking|reasoning|analysis] [has gone|has vanished|is missing|is hidden]",
            "I [closed|hid|lost] the analysis [pane|] [how do I get it back|]",
            "bring back the [analysis|thinking|reasoning|analysis pane]",
            "does the [model|bot] [think|reason] [aloud|in the open|visibly]",
            "[is|can] the [reasoning|thinking] [visible|be seen|be hidden|shown]",
            "[analysis|reasoning] [visible|hidden|on|off]",
            "what does the [analysis|reasoning|thinking] [pane|box] [show|contain|say]",
            "[what|which] thoughts [led|went] [to that answer|through your head]",
            "[follow|observe] [your|the] [reasoning|thoughts|thinking]",
            "[show|explain] how you [thought|reasoned|worked that out]",
            "I'd like to [follow|see|watch] your [reasoning|thinking|thoughts]",
            "the analysis [takes|uses] [too much|a lot of] [room|space]",
            "what [do|did] you think [before answering|before the answer|while you answer]",
            "[thinking|analysis|reasoning] [key|shortcut]",
            "[pane|window] of [thoughts|reasoning]",
            "[what is|what's] going [through|on in] your [mind|head]",
            "[read|see|watch|follow|observe] [along|] what [goes on|happens] in [your|the "
            "model's] [head|mind|brain]",
            "[mind|thought|thoughts] [reading|reader|process|stream] [of the model|please|]",
            "[read|see] [your|its|the model's] [mind|thoughts|reasoning steps|notes]",
            "[show|give] me [your|the] [working|workings|reasoning steps|notes|steps|line of "
            "reasoning|inner thoughts]",
            "show your [working|work|steps|reasoning]",
            "[what|which] [steps|thoughts|considerations] [led|brought] [you|it] [to that|to "
            "this answer|there]",
            "[how|why] did you [conclude|decide|answer] that",
            "how did you [get|come up with|work out|figure out] [that|this answer|the answer]",
            "[explain|justify] [your reasoning|how you got there|your line of thought|your "
            "thought process]",
            "[what|tell me what] [did|do] you [consider|ponder|think to yourself] [before the "
            "answer|]",
            "[chain-of-thought|CoT|cot|scratchpad|scratch pad|reasoning trace] "
            "[please|shown|visible|]",
            "[is|can] the [chain of thought|reasoning trace|scratchpad|CoT] [visible|be "
            "seen|shown|hidden]",
            "[where|how] [is|can I see] the [chain of thought|reasoning "
            "trace|scratchpad|model's thinking]",
            "[hide|remove|close|suppress] the [chain of thought|reasoning "
            "trace|scratchpad|thoughts]",
            "the [text|words|lines] [in grey|in italics|on the right|beside the answer] [what "
            "is it|before the answer|are what]",
            "what is [written|appearing] [on the right|beside the conversation] [before you "
            "answer|before the answer]",
            "[another|a second] text [appears|comes|runs] [first|before the answer] [what is it|]",
            "who are you talking to [over there|on the right|before you answer]",
            "you [mumble|mutter|talk] [to yourself|before you answer] [why|on the right|]",
            "[analysis|thinking|thoughts|reasoning] [box|window|panel|pane|area] "
            "[on|off|open|closed|gone|explained|key]",
            "[no|I see no] [analysis|reasoning|thoughts] [is shown|on the screen|anywhere|]",
            "[where|why] [is|has] the [analysis|reasoning|thinking] pane "
            "[gone|vanished|hidden|missing]",
            "[make|have] the [analysis|thoughts|reasoning] [appear|disappear|go away|come "
            "back|visible]",
            "the [key|shortcut|F key] [for|to show|to hide] the "
            "[analysis|thoughts|reasoning|thinking]",
            "I [only|just] want [the answer|to see answers] [not the thoughts|not the "
            "reasoning|hide the analysis]",
            "[distracting|annoying|unnecessary] [analysis|thoughts|reasoning] [hide it|on the "
            "screen|]",
            "the [analysis|reasoning|thinking] [distracts|bothers|annoys] me [hide it|]",
            "[transparent|transparency] [reasoning|of the reasoning|thinking]",
            "[analysis|reasoning|thinking] [pane|panel] [empty|blank|stays empty|missing]",
            "why is the [analysis|reasoning|thinking] [pane|panel] [empty|blank|closed]",
            "[F2|f2] [analysis|for the analysis pane|reasoning]",
            "[I want|I would like|I'd love] to [read|watch|follow] [the reasoning|your "
            "reasoning|the thoughts|your train of thought]",
            "[too much|so much] [reasoning|analysis] on the screen [hide it|]",
            "the [analysis|reasoning|thinking] [column|section|corner|part of the screen]",
            "[reasoning|thoughts|chain of thought|train of thought] [shown "
            "where|pane|visible|please|on the screen]",
            "[I cannot|I can't] see [your|the] [reasoning|thoughts|analysis|chain of thought]",
            "[where|how] do I [see|read] [the chain of thought|the train of thought|what goes on "
            "in your head]",
            "[hide|show|open|close] the [chain of thought|train of thought|thoughts|reasoning "
            "text]",
            "[display|reveal|expose|unhide|uncover] [the|your] "
            "[thoughts|reasoning|thinking|deliberation]",
            "[conceal|mask|suppress|fold away|tuck away] [the|your] "
            "[thoughts|reasoning|thinking|analysis]",
            "[how do I|can I] [conceal|suppress|switch off|fold] the "
            "[reasoning|thoughts|thinking] [text|pane|]",
            "[reasoning|thinking|thought] [panel|column|display|view|area] "
            "[where|gone|please|back]",
            "[raw|internal|hidden|secret|private] [reasoning|thoughts|thinking] "
            "[visible|where|show it|]",
            "[are|is] your [thoughts|reasoning|deliberation] "
            "[hidden|secret|private|public|open to me]",
            "[why|how] can I [see|read] what you think [before the answer|]",
            "[deliberation|musing|pondering|contemplation|considerations] [shown "
            "where|pane|visible|on the screen]",
            "[where|how] do I [view|display|inspect|look into] [the|your] "
            "[deliberation|musings|considerations]",
            "[what|which] [ideas|musings|deliberations|reflections] [went through|crossed] "
            "your mind",
            "[think|reason] [aloud|out loud|openly|in front of me] [please|]",
            "[I want|let me] [you to|see you] [think aloud|think out loud|reason openly|at "
            "your thinking]",
            "[do|can] you think [aloud|out loud|visibly|in the open|in public]",
            "[open|lift] the [lid|curtain|hood] on your [thinking|reasoning|thoughts]",
            "[behind the scenes|backstage|under the surface] of [your|the] "
            "[answer|reasoning|thinking]",
            "[what|what happens] [behind|before] the answer [in your head|in your mind|in "
            "your thoughts]",
            "[rationale|grounds|logic] [behind|for] [your|that] answer [please|where|]",
            "[what was|show me|give me] [your|the] [rationale|logic|grounds] [for that|behind "
            "that answer|]",
            "[how did you|by what steps did you] [deduce|infer|derive|reason out] [that|the "
            "answer|it]",
            "[deduction|derivation|inference|reasoning] [behind|that led to] [your|the|that] "
            "answer [shown|]",
            "[walk|take|lead] me through your [reasoning|thinking|thoughts|thought process]",
            "[retrace|trace] your [thoughts|reasoning|line of thought|steps of thinking]",
            "[intermediate|single|individual] [thoughts|reasoning steps|steps of thinking] "
            "[shown|where|please]",
            "[steps|trail] of [your|the] [thinking|reasoning|thought] [on the "
            "screen|please|visible|]",
            "[notes|monologue|soliloquy|self-talk|ramblings] [before|beside] the answer [hide "
            "them|what are they|]",
            "[why|what] are you [muttering|whispering|mumbling|rambling] [about|] [before you "
            "answer|on the right]",
            "[the|some|this] [rambling|muttering|chatter|babble] on the right [before the "
            "answer|hide it|what is it]",
            "[strange|odd|weird|extra] text [beside|to the right of|next to] the "
            "[conversation|answer] [appears first|]",
            "[what|why] do you [note|scribble|jot] down [before you answer|before the "
            "answer|for yourself]",
            "[first|at first] you write [something else|other text] [on the right|beside the "
            "answer] [why|what is it]",
            "[reasoning|thoughts|analysis] [scrolls|streams|runs|appears] [on the "
            "right|beside the answer] [what is that|]",
            "I [lost|miss|can't find|hid] the [reasoning|thinking] [pane|panel|box|] [bring "
            "it back|]",
            "[reasoning|thoughts|thinking] [pane|panel] [back|again] [please|on the screen|]",
            "[get|bring] [back|me] the [thoughts|thinking pane|reasoning panel|thought display]",
            "[no|without] [thoughts|reasoning|thinking] on [the|my] screen [please|only answers|]",
            "the [thoughts|reasoning|thinking] [clutters|fills|crowds|covers] [the|my] screen "
            "[hide it|]",
            "[switch|turn] [off|on] the [display|showing] of [thoughts|reasoning|thinking]",
            "[show|hide] [reasoning|thinking|thoughts] [toggle|switch|option|key|button]",
            "[toggle|switch|key|button|hotkey] [for|to see|to hide] [your thoughts|the "
            "reasoning|the thinking]",
            "[hotkey|keystroke|function key] for [the|your] "
            "[reasoning|thoughts|thinking|analysis pane]",
            "[does|will] hiding the [analysis|thoughts|reasoning] [stop you thinking|make you "
            "faster|change answers]",
            "[explain|describe] what [stands|runs|is] in the [analysis|thinking|reasoning] "
            "[pane|panel|box]",
            "[upper|top|first] pane [on|at] the right [with thoughts|with reasoning|before "
            "the answer]",
            "[analysis channel|the analysis channel] [shown where|visible|in its pane|hide it]",
            "[watch|observe|witness] [the model|you] [think|reason|deliberate] [live|as it "
            "happens|]",
            "[live|real time|streaming] [thoughts|reasoning|thinking] [pane|display|please|]",
            "please to [show|hide] [the thoughts|thinking|reasoning text|analysis]",
            "[where|how] can be seen [thinking of model|the thoughts|the model's reasoning]",
        ),
        answers=(
            "The analysis pane shows the model's reasoning as it is written, before the answer. "
            "**F2** shows or hides it.",
        ),
    ),
    Topic(
        name="tools_pane",
        label="the tools pane",
        wordings=(
            *key("F3", "f3"),
            *concepts("the tools pane"),
            *actions(
                "[show|hide|open|close|find] the tools pane",
                "[see|watch|follow|inspect] [the|your] [tool calls|calls|calls of tools]",
            ),
            "where [is the tools pane|are the tool calls|do I see the tool calls]",
            "[which|what] pane shows [the|] tool calls",
            "where does the result of a tool [call|] appear",
            "I can't see the [tool calls|tools pane]",
            "[show|hide] the [tool calls|tools pane|calls]",
            "[did|how do I see whether] you [call|called] a tool",
            "where do [results|tool results|the calls] appear",
            "which key [shows|hides|opens|closes|toggles] the tools [pane|]",
            "[toggle|display|reveal|collapse|remove] the tools pane",
            "[where|how] [can|do] I [see|check|look at] [what a tool returned|what the tool "
            "said|the result of a tool]",
            "[what|which] tools [were|have been|did you] [called|used|just use]",
            "[what|which] arguments did you [give|pass|send] [to|] the [tool|calculator|clock]",
            "show [me|] the [tool|calculator|clock] [calls|call|results|output]",
            "[did|have] you [really|just|actually] [use|used] [the calculator|a tool|the clock]",
            "how can I [check|tell|know|be sure] [whether|that] you used [a tool|the "
            "calculator|the clock]",
            "I want to [see|check|watch|inspect] [what you send to the calculator|the "
            "arguments|the tool results]",
            "the [pane|box|window] [with|for] [the tool calls|tools|the calls]",
            "[tools|tool call|tool] [pane|box|window|log|history]",
            "[history|list|log|record] of [tool calls|calls|the calls]",
            "[arguments|results|input and output] of [a tool call|tool calls|the tools]",
            "[tool|tools] [results|output|arguments] [please|where|]",
            "the tools pane is [missing|gone|hidden|empty|in the way]",
            "why is the tools pane [empty|blank|so small]",
            "I [closed|hid|lost] the tools pane [how do I get it back|]",
            "bring [back|up] the tools pane",
            "[hide|close|get rid of] the [box with tools|tool window|tools on the right|tools]",
            "I don't [want|need] [to see|] the [tool calls|tools pane|calls]",
            "what [appears|is shown|is written] in the tools pane",
            "[follow|monitor|trace|track] the [tool calls|tools|calls]",
            "[log|trace] the tool calls [on the screen|]",
            "what did the [calculator|clock|tool] [say|return|answer|give back]",
            "where is the [calculator's|clock's|tool's] [result|output|answer]",
            "where does the [calculator|clock] show its [result|work|output]",
            "is there a [log|record|list] of the [tools used|calls|tool calls]",
            "see [which|what] [tool|tools] [you call|was called|is called]",
            "can I [see|look at|inspect|follow] [a tool call|tool calls|the call]",
            "[pane|box|window] for [tools|tool calls]",
            "[look|peek] at the tool calls",
            "[raw|actual] [tool calls|call|tool output]",
            "how [is|are] [a tool call|tool calls] [shown|displayed]",
            "what is the pane [called tools|with the calls|under the analysis] [for|]",
            "[tools|calls] [visible|hidden|on|off]",
            "tools pane [on|off|key|shortcut|please]",
            "are tool calls [visible|shown|hidden] [anywhere|on the screen|]",
            "[make|let] the tools pane [disappear|appear|go away]",
            "[trace|record|protocol|trail|listing] of [tool calls|the calls|tool use|calculator "
            "calls]",
            "[see|show|list|view] [every|all|each|the last] [tool call|tool calls|call|calls] "
            "[with arguments|]",
            "what was [sent|passed|given] to the [calculator|clock|tool]",
            "[what|which] [expression|argument|arguments|input] [did you|was] "
            "[send|sent|give|given] [to|] the [calculator|tool]",
            "what did [you|the model] [ask|send|give] the [calculator|clock|tool]",
            "what came [back|out] of the [calculator|tool|clock]",
            "[prove|show|verify|proof] [that|] you [used|called|asked] the [calculator|tool|clock]",
            "did [you|it] [calculate|look] that [yourself|up] or with the [calculator|tool] "
            "[how do I see that|where is it shown]",
            "how do I [verify|check|see|tell] [that|whether|if] [the calculator|a tool|the "
            "clock] was [used|called|run]",
            "was [the calculator|a tool|the clock] [used|called|involved|run]",
            "[inspect|examine|review|audit|debug] [tool calls|the tool calls|tool use|the last "
            "call]",
            "[how long|what time] did the [tool|call|tool call] take [where is it shown|]",
            "[duration|timing] of [a tool call|tool calls|the calls]",
            "the [tools|tool|calls] [panel|pane|box|area|window] "
            "[explained|where|open|closed|gone|key|please]",
            "[open|close|show|hide|toggle|fold] the [tools|tool call|calls] "
            "[panel|pane|box|area|window]",
            "[the|which] [key|shortcut|F key] [for|shows|opens|hides] the [tools pane|tool "
            "calls|tools panel]",
            "[where|in which pane] [is|are] the [calls|calculator calls|tool "
            "results|arguments|tool output] [shown|listed|written|to be seen]",
            "[where|how] [can|do] I [follow|see|watch|monitor] the [tool use|calculator at "
            "work|tools working|calls]",
            "watch [the calculator|the tools|a tool] [work|at work|being called]",
            "[I see no|there are no|where are the] [tool calls|calls] [on the screen|shown|]",
            "[missing|lost|hidden|vanished] [tools pane|tool calls]",
            "the [box|pane|area] [under|below] the analysis [what is it|shows what|]",
            "what is [in|listed in|shown in] the [tools|tool] [pane|box|panel]",
            "[output|outputs|result|results|return value] of the [calculator|clock|tools|last "
            "tool call] [where|please|shown where]",
            "[display|visibility|view] of [tool calls|the calls|tool output]",
            "[make|have] the [tool calls|tools pane] [visible|invisible|appear|disappear]",
            "[tools|tool] [pane|panel] [empty|blank|has nothing in it|stays empty]",
            "[nothing|no call|no entry] [in|inside] the tools [pane|panel]",
            "why [does|would] the tools [pane|panel] [show nothing|stay empty|have no calls]",
            "the [calculator's|clock's|tool's] [arguments|input|expression|result|output] "
            "[pane|on the screen|please|]",
            "[F3|f3] [tools|for the tools pane|tool calls]",
            "[read|see|check] [what|which numbers] [went|were sent] into the [calculator|tool]",
            "[I would like|I want|I'd love] to [see|watch] [the calculator|your tools|the tools] "
            "[at work|in action|being used]",
            "[tool activity|tool usage|calls made] [pane|shown where|on the screen|please]",
            "[where|how] do I see [tool activity|tool usage|the tool use|calls made]",
            "[hide|show|open|close] [tool activity|tool results|tool output]",
            "the tools [column|section|corner|part of the screen]",
            "[calls|tool calls] [take up too much room|are in my way|clutter the screen]",
            "[too many|so many] tool calls on the screen [hide them|]",
            "[I cannot|I can't] see [any|the|your] [tool calls|tool results|calculator call]",
            "[evidence|a sign] that the [tool|calculator|clock] [ran|was called|was used]",
            "which [function|functions] [did you call|were called|have been called]",
            "[function calls|function call] [pane|where|shown where|list|please]",
            "[did|was] [python|the clock|the calculator] [get|really] [called|run|used] "
            "[where do I see it|]",
            "[how|where] do I see [that|when|whether] [a tool|python|the calculator] [ran|was "
            "run|was started]",
            "[what|which] [code|python code|expression] did [you|the model|it] "
            "[run|execute|evaluate]",
            "[show|display] [me|] the [code|python|expression] [you ran|that was run|it executed]",
            "[output|result|printout|return] of [the python call|python|the code it ran|your "
            "last call]",
            "[what|which] did [python|the code|the script] [print|return|output|give back]",
            "[input|inputs|parameters|params] [passed|given|handed|fed] to the "
            "[tool|calculator|clock|call]",
            "[parameters|params|inputs] of [the|each] [tool call|call] [shown|where|]",
            "what did you [feed|hand|type into|tell] the [calculator|tool|clock]",
            "what [numbers|figures] did you [type into|feed|hand to] the calculator",
            "[which|what] [helper|helpers|utility|utilities|instrument] did you [use|call|employ]",
            "[invocation|invocations|execution|executions] of [tools|the tools|the "
            "calculator] [shown|where|]",
            "[invoked|executed|triggered|launched] [tools|tool] [list|where do I see "
            "them|shown where|]",
            "[list|overview|display|account] of [every|all|the] tool "
            "[invocation|run|use|execution]",
            "[was|were] [any|some] [tools|tool] [invoked|executed|triggered|employed] [for that|]",
            "[did|do] you [invoke|employ|consult|resort to] [a tool|the calculator|the clock] "
            "[for that|]",
            "[consulted|asked|used] the [clock|calculator] [or guessed|or did you guess|or "
            "made it up]",
            "did you [guess|invent|make up] that [or use a tool|or call the calculator|or "
            "calculate it]",
            "is that [calculated|from the calculator|from the clock] or [guessed|made up] "
            "[where do I see it|]",
            "[proof|evidence|confirmation] of [the|a] [tool call|calculation|tool run] "
            "[please|where|]",
            "[tool|tools] [console|output window|trace|activity|monitor|viewer] "
            "[pane|please|where|]",
            "[monitor|viewer|console|display] for [the tool calls|tools|calls] [on the screen|]",
            "[live|running|current] [tool call|tool calls|call] [visible|where|show it|watch it]",
            "[what|which] tool is [running|at work|working|active] [right now|now|at present]",
            "[is|are] [a tool|tools] [running|at work|being called] [now|right now|where do I "
            "see it]",
            "[tool|call] [card|cards|entry|entries] [in the pane|shown where|what is in it]",
            "[unfold|fold|collapse|expand] [a|the|each] [call|tool call] [in the tools pane|]",
            "[failed|declined|rejected|broken] [tool call|tool calls|call] [where do I see "
            "it|shown where|]",
            "[why|how] did the [tool|call|tool call] fail [where do I see the error|where is "
            "it shown]",
            "[error|error message] [of|from] [a|the] [tool|tool call|calculator] [where|shown "
            "where]",
            "[who|what] [approved|allowed|permitted] the [call|tool call] [where is it "
            "shown|where do I see it]",
            "[middle|second|centre] pane [on|at] the right [with calls|for tools|with tools]",
            "[bring|get|put] the [tools|calls] [panel|pane|window] [back|on screen|in view]",
            "[dismiss|conceal|shut|fold away|put away] the [tools|tool|calls] "
            "[pane|panel|box|window]",
            "[reopen|unhide|restore|uncover] the [tools|tool] [pane|panel|window]",
            "tools [pane|panel] [toggle|switch|hotkey|button|function key]",
            "[hotkey|function key|button] [for|to open|to close] the [tools|tool call] "
            "[pane|panel]",
            "[I accidentally|by accident I] [closed|hid] the [tools|calls] [pane|panel|box]",
            "[I would rather not|no need to] see [the|] [tool calls|tool results|tool output]",
            "[suppress|omit|silence] the [tool calls|tool output|tool results] on [the|my] screen",
            "[transcript|minutes|chronicle|journal] of [the|] [tool calls|tool use|tool runs] "
            "[on the screen|]",
            "[did it|you] really [computed|compute|calculate] [it|that] with [the|a] "
            "[calculator|tool]",
            "[double-check|cross-check|verify] [the|your] [tool call|use of the "
            "calculator|tool result|tool use]",
            "[exact|precise|literal] [arguments|argument|result|output] of the "
            "[tool|call|calculator]",
            "[json|JSON|raw json] [arguments|of the tool call|passed to the tool] [shown "
            "where|please|]",
            "[what|which] [came of|became of] the [tool call|call|calculator call]",
            "[how|where] can be seen [the tool calls|used tools|result of tool]",
            "please to [show|hide] [tools pane|calls of tools|the tool window|what tools did]",
        ),
        answers=(
            "The tools pane shows each tool call with its arguments and its result. "
            "**F3** shows or hides it.",
        ),
    ),
    Topic(
        name="status",
        label="the status line",
        wordings=(
            *concepts(
                "the [status line|status bar]",
                "the [bottom line|last line|line at the bottom]",
            ),
            *actions(
                "see [how fast you are|the speed|the tokens per second|how fast the model is]",
            ),
            "how fast [are you|is the model|is this|do you write]",
            "[tokens per second|tokens a second|your speed]",
            "[how many|what are the] tokens per second",
            "where [is|can I see|do I see] the [speed|status|status line|state]",
            "what do the [numbers|figures] at the bottom [mean|say|show]",
            "[status|status line|status bar]",
            "[are you|is the model] [busy|ready|loading|still loading|loaded|done]",
            "how do I know [whether|if|that] [you are busy|you are ready|the model is loaded]",
            "[at what speed|how quickly] do you [write|answer|generate]",
            "[figures|numbers] [in the status line|at the bottom]",
            "is it still loading",
            "[state|status] of the model",
            "[how many words|how much text] [per|a] second [do you write|]",
            "[what|which] speed [do you have|are you running at|does it run at]",
            "[are you|is it|is this] [fast|quick|slow] [or not|or fast|on this machine]",
            "how quick [are you|is it|is the model]",
            "[speed|throughput|pace|tokens per second|rate]",
            "[what is|show|tell me] the [speed|throughput|pace|rate]",
            "[measure|see|show|check] [your|the] [speed|performance|throughput|pace|rate]",
            "[performance|speed|throughput|pace|rate] [figures|numbers|display]",
            "where do I [read|see|find] the [tokens per second|throughput|pace|speed|rate]",
            "what [are you|is it|is the model] doing [right now|now|at the moment]",
            "what is [going on|happening] [right now|now|at the moment]",
            "[are you|is it|is the program] still [working|running|busy]",
            "[have you|has it|has the program] [frozen|crashed|stopped working|stuck|hanging]",
            "is it [frozen|hanging|stuck|done|finished|ready|loaded|busy]",
            "[are you|is the model] [done|finished|working|waiting]",
            "how do I see [that it is working|if it is working|whether it is done|what it is "
            "doing]",
            "[progress|progress bar|loading bar|activity]",
            "where is the [progress|activity|loading indicator]",
            "[bottom|last] line of the screen",
            "the [line|row|bar] at the [bottom|very bottom] [of the screen|]",
            "what is the [line|text|bar|row] [below|under] the [prompt|panes|input] [for|]",
            "[explain|describe] the [figures|numbers|bottom line|line at the bottom]",
            "[status info|info line|status information|information line]",
            "what is [shown|displayed|written] at the bottom",
            "what [information|values|things] [are|is] in the status [line|bar]",
            "where do I see [which model is loaded|the name of the model|what is going on|the "
            "state]",
            "when will [you|it|the model] be [ready|loaded|done]",
            "how long until [you are|it is|the model is] [ready|loaded|done]",
            "[what|which] state [are you|is the model|is it] in",
            "[check|show|display|see] [the|your] [status|state|speed]",
            "status [report|check|please|now]",
            "I want to [see|know] [your speed|how fast it goes|what is going on]",
            "[are you|is it] always this [slow|fast|quick]",
            "[number|rate] of tokens [per second|a second]",
            "the [speed|rate|pace] [display|figure|number]",
            "[is the model loaded|has the model finished loading|has it loaded] [yet|]",
            "[has|is] [it|the program] [crashed|stuck|frozen|hanging|still running]",
            "[is it|are you|is the model] [waiting|stuck|hanging|working|still working]",
            "[still|are you still] [alive|awake|there working|loading|computing|at it]",
            "[is it|are you|is something] [computing|loading|doing something] [right now|]",
            "[nothing|not much] [happens|is happening|moves] [is it stuck|is it frozen|is it "
            "busy|on the screen]",
            "[it|the screen|the program] [hangs|is hanging|is stuck|is frozen|does not "
            "react|doesn't respond]",
            "[no|there is no] [reaction|response|movement] [is it busy|has it crashed|]",
            "[waiting|I am waiting] and nothing [comes|happens] [is it working|]",
            "why does [nothing happen|it take so long|it not react]",
            "[loading|load] [progress|indicator|bar|spinner|state]",
            "[spinner|the spinner|spinning thing|spinning symbol] [at the bottom|means "
            "what|what is it|]",
            "how [far|long] [is|has] [the loading|it loaded|the model loaded|until it is loaded]",
            "has the model [loaded|finished loading|been loaded|started]",
            "[is|when is] the model [ready|loaded|up|there|usable] [yet|]",
            "[speed|velocity|rate|throughput|tok/s|tokens/s|t/s] [please|now|of the model|shown "
            "where]",
            "how many [tok/s|tokens/s|t/s|tokens each second|words per second] [do I get|do you "
            "do|is it]",
            "[what|how much] [tok/s|tokens per second] [do I have|am I getting|is that]",
            "[how do I|where can I] [measure|benchmark|check|see] [the|your] "
            "[speed|performance|throughput|tok/s]",
            "[benchmark|measure|clock] [your|the] [speed|model's speed|performance]",
            "how [slow|fast|quick|speedy] [is it|are you|does it run|is the model] [on my "
            "machine|here|now|]",
            "[line|bar|strip|row|text|numbers] [at|on] the [foot|bottom|very bottom|lower edge] "
            "[of the screen|of the window|means what|]",
            "the [lowest|bottommost|last|bottom] [line|row] [of the screen|what does it "
            "say|explained]",
            "[status|state] [line|bar|display|row] [explained|meaning|help|what is in it|contents]",
            "what [does|is] the [status|bottom] [line|bar] [tell me|say|mean|show|for]",
            "[read|understand|decode|interpret] the [status line|status bar|bottom line|figures "
            "at the bottom]",
            "where [does it say|can I read|is it shown] [which model is running|what is "
            "happening|how fast it is|what it is doing]",
            "[the|its|your] current [state|activity|status|speed]",
            "what [is|are] [the program|harmony-tui|the model|you] [up to|busy with|doing] "
            "[right now|]",
            "[am I|do I have to be] waiting for something",
            "[idle|busy|ready|loading|working] or [idle|busy|ready|loading]",
            "[speed|tokens per second|model name|name of the model] [in the status line|at the "
            "bottom|in the bottom line]",
            "[read|reading|where is|see] the status line",
            "[what|which] [does|things does] the [status line|bottom line] [list|tell|report|show]",
            "[busy|loading|ready] [indicator|sign|light|display]",
            "how do I [know|tell|see] [if|whether|that] [it is busy|it has loaded|the model is "
            "ready|it is still working]",
            "[footer|the footer|status strip|status row|bottom strip] [what is "
            "it|explained|means what|shows what]",
            "what [stands|is written] in the [footer|bottom row|lowest line|status bar]",
            "[tiny|small|little] [text|numbers|print] [at|along] the bottom [edge|of the screen|]",
            "[meaning|sense|explanation] of the [numbers|figures|text] [at|along] the bottom",
            "[current|present|live] [speed|rate|pace|throughput|state] [of the "
            "model|please|shown where]",
            "[generation|output|writing|decoding] [speed|rate|pace|throughput] "
            "[where|please|of the model]",
            "[how|where] do I [gauge|clock|monitor|track|judge] [the|your] [speed|pace|throughput]",
            "[speedometer|tachometer|gauge|meter] [please|for tokens per second|where is it|]",
            "[how many|number of] tokens [every|each|a] second [do you write|do I get|does it "
            "make]",
            "[tps|tok per sec|tok per second|tokens/sec|tokens/second] [please|now|where|on "
            "this machine]",
            "[what|how much] [tps|tokens/sec|tokens a second] [do you reach|am I getting|does "
            "it make]",
            "how [rapid|swift|snappy|sluggish] [are you|is the model|is it] [here|on this "
            "machine|]",
            "[am I|are we] [running|going] at [full|good|normal] speed",
            "[it feels|it is|feels] [slow|sluggish|laggy] [what is the speed|how fast is it "
            "really|tokens per second]",
            "[where|how] [can I see|do I tell] [if|whether] it is [slow|fast|sluggish] [on my "
            "computer|in numbers]",
            "[are you|is it|is the model] [computing or stuck|working or frozen|busy or "
            "hung|alive or dead]",
            "[stuck|frozen|hung|dead|crashed] or [busy|working|loading|just slow]",
            "[has it|did it|has the program] [hung|died|locked up|stalled|seized up]",
            "[the program|it|the screen] [hung|died|locked up|stalled|is dead|is unresponsive]",
            "[unresponsive|not responding|no reaction|stalled] [is it working|is it "
            "loading|has it hung|]",
            "[sign|signs] of life [please|from the model|]",
            "[give|show] me [a sign of life|a sign that you work|the current state|your state]",
            "[is|] [anything|something] [going on|happening|moving] [in there|in the "
            "program|in the model]",
            "[why is nothing|how come nothing is] [going on|moving|happening] [on the "
            "screen|is it busy|]",
            "[what|what are you] [waiting|busy] [for|with] [now|right now|at the moment]",
            "[the cursor blinks|I see a spinner|it shows dots] and nothing [happens|comes] "
            "[is it busy|]",
            "[booting|starting up|warming up|initialising|initializing] [still|how far|or ready]",
            "is [the model|it] [still|] [booting|starting up|warming up|initialising|coming up]",
            "[when|how soon] [can I start|can I type|is it operational|does the model come up]",
            "[loading|loaded] [percentage|percent|completion|how far] [shown where|of the model|]",
            "how [far along|complete] is the [loading|load|model loading]",
            "[finished|done|through] [loading|starting|with loading] [yet|or not|]",
            "[is|has] the [loading|load|start-up] [finished|over|complete|completed|done] [yet|]",
            "[indicator|display|sign] [of|for] [activity|loading|what it is doing|the state]",
            "[where|how] [is it shown|do I notice|will I see] [that it is done|that it is "
            "loading|when it is ready]",
            "[report|tell me|announce] [your|the] [state|status|condition of the "
            "program|current activity]",
            "[sitrep|status update|state of affairs|state of play] [please|of the program|]",
            "[what's|what is] the [state|status] [of the loading|of the program|of the model] "
            "right now",
            "[which|what] [phase|stage] [are you|is it|is the model] in [now|right now|]",
            "[reading|prefilling|processing] [my question|the prompt] [or stuck|still|how far]",
            "[prefill|prompt processing|prompt reading] [progress|how far|speed|still going]",
            "the bottom [of the screen|edge|row] [says|shows|displays] [what|numbers what are "
            "they]",
            "[what|which] [model|speed|state] [does the bottom line|does the status bar] "
            "[show|name|say]",
            "[bottom|status] [row|strip|text|info|area] [of the screen|please|explained|meaning]",
            "[used context|context use|context used] [shown|written] [at the bottom|in the "
            "status line]",
            "[how|where] can be seen [the speed|what it does now|state of model]",
            "please what [is written|mean the numbers] [at bottom|in the last line|in status line]",
        ),
        answers=(
            "The status line at the bottom shows the model, how much of the context is used, "
            "the speed in tokens per second, and what is going on.",
        ),
    ),
)
