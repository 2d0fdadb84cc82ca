"""The commands that are typed with a slash: help, model, effort, approval, theme and the like."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, command, concepts, key
from engine.models.demo.corpus.topic import Topic

COMMANDS: tuple[Topic, ...] = (
    Topic(
        name="help",
        label="the help screen",
        wordings=(
            *command("[/help|/h|/?]"),
            *key("F1", "f1"),
            *actions(
                "[get|open|find|read] [help|the help|some help]",
                "[see|list|show] [all|all the|the|every] [commands|keys|shortcuts|key bindings]",
            ),
            "help",
            "help [please|me|me please]",
            "[which|what] [commands|slash commands|keys|shortcuts|hotkeys] [are there|exist]",
            "[which|what] [commands|keys|shortcuts] do you [have|know|understand]",
            "[a|the|give me a] list of [commands|keys|shortcuts|slash commands]",
            "[commands|keys|shortcuts|slash commands|key bindings]",
            "what can I [type|press|type here|press here]",
            "I [am|feel] [lost|stuck|confused]",
            "I [am new here|have never used this|am a beginner] [what now|what do I do|]",
            "where [is|do I find] the [help|manual|documentation]",
            "[how do I|how can I|how to] use [this|this program|this app|harmony-tui]",
            "what [now|next|do I do now|should I do first]",
            "[I am|I'm] [stuck|confused|a beginner|lost] [help me|what do I do|]",
            "[manual|documentation|hotkeys|instructions] [please|]",
            "[open|show] [the|] [manual|documentation|hotkeys|instructions]",
            "how does [this thing|all this|this] work here",
            "I have no [clue|idea] [what to do|how this works|how to use this]",
            "[give|lend|offer] me a hand [with this program|here|]",
            "[assist|guide|help] me [please|with this program|]",
            "[assistance|guidance|support] [please|needed|]",
            "I [need|could use|require] [assistance|guidance|a hand|some help]",
            "where do I [start|begin] [here|with this|]",
            "[getting started|first steps|quick start|beginner's guide]",
            "[walk|talk] me through [this|this program|the basics]",
            "[cheat sheet|cheatsheet|reference card|key map|keymap]",
            "what [buttons|keys] [can|should|do] I [press|use|push]",
            "[the|a] [user guide|user manual|handbook|tutorial|how-to]",
            "is there a [tutorial|guide|manual|handbook|cheat sheet]",
            "[what|which] slash [things|commands] [work|can I use|do you understand]",
            "[teach|show] me the [basics|ropes|ins and outs]",
            "[show|print|display] [all the commands|every shortcut|all the options] [you "
            "have|there are|]",
            "I'm [new|a newbie|a first timer] [here|at this|to this program]",
            "[it is|this is] my first time [here|using this|with this program]",
            "how do I [operate|work|handle|control] this [thing|program|app]",
            "what [are|were] the [commands|keys|shortcuts] again",
            "I [forgot|can't remember|don't remember] the [commands|keys|shortcuts]",
            "[remind|tell] me [of|about] the [commands|keys|shortcuts]",
            "[need|want|get] help",
            "can [somebody|someone|anyone] help me with this [program|app|screen]",
            "everything that starts with a slash",
            "what can I do with the keyboard",
            "[commands|keys|shortcuts] [overview|summary|reference|cheat sheet]",
            "which [key|command] [gives|shows|brings up] [help|the help]",
            "I don't [get|understand] how this [works|program works]",
            "[bring up|pull up|call up|display] the [help|help screen|help page|help text]",
            "[help|info] [screen|page|menu|text]",
            "[usage|how to use|instructions for use]",
            "what do I [do|type] [first|to begin|to get going]",
            "[any|some] [pointers|hints|tips] on using this [program|app|]",
            "where can I [look up|find out about|read about] [the keys|the commands|shortcuts]",
            "[explain|describe] the [commands|keys|shortcuts|controls]",
            "what are the controls",
            "[I am|I'm] [completely|totally] [lost|stuck|at a loss]",
            "is there a list of [what I can type|everything I can press|all the commands]",
            "how do I find [out|] which [keys|commands] exist",
            "[key bindings|keybindings|hotkeys] [list|overview|]",
            "[assistance|guidance|help] with [this|the|this program]",
            "[guide|assist] me through [this program|the commands]",
            "[help file|help pages|user manual|manual pages|handbook|docs|doc|guide|readme] "
            "[please|where|open|]",
            "[docs|documentation|manual] [of|for] [this program|harmony-tui|the program]",
            "[open|read|show|where is] the [docs|handbook|user manual|guide|help pages]",
            "[press|type|hit] what for help",
            "[rescue me|save me|SOS|mayday]",
            "[I|we] [need|want] [some|a little|a bit of] [guidance|support|orientation] [with "
            "the program|with this program|]",
            "[all|every|each|the available|the known] [slash commands|commands|shortcuts|key "
            "combinations|keyboard shortcuts|hotkeys] [please|list|]",
            "[key|keyboard] [combinations|shortcuts|commands|reference|layout of the program]",
            "[list|overview|table|summary|reference] of [all|the] [shortcuts|key "
            "combinations|commands|keys|hotkeys]",
            "which [key combinations|keyboard shortcuts|function keys|slash commands] [are "
            "there|work here|exist]",
            "what do the [function keys|F keys|keys] do",
            "[function keys|F keys|shortcut keys] [list|overview|please|explained]",
            "[what|which] [commands|keys|shortcuts] [are available|can be used|work|does the "
            "program have]",
            "[what|where] are [all|] the [commands|shortcuts|keys] [listed|explained|]",
            "I [can't|don't] [remember|know] [any of the|the|all the] "
            "[commands|keys|shortcuts|key combinations]",
            "how [is|do I learn] this program [operated|used|controlled|handled]",
            "[learn|learning] [the commands|the keys|how to use this program|the controls]",
            "[introduction|intro|starter guide|newcomer guide|primer] [to|for] [this "
            "program|beginners|using it]",
            "[just|I have just] [installed|opened|started] it [how do I use it|what do I do "
            "now|how do I begin]",
            "never used [a terminal program|this|anything like this] [before|] [how do I "
            "begin|help|what do I do]",
            "I'm [a complete beginner|not technical|no expert|clueless] [how do I use this|help "
            "me with this program|]",
            "[puzzled|baffled|helpless|bewildered] [what do I do|by this program|here|]",
            "I don't [understand|get] [the controls|how to use it|what to press]",
            "[explain|show] [how to use|the use of|how to operate] [this program|it|the app]",
            "[/help|help] [PAGE|keys|commands|page|screen|key]",
            "everything [after|behind|with|that begins with] a slash",
            "[slash|slash things|slash words|slash commands] [please|all of them|list|what can "
            "follow it]",
            "[keyboard|keys] [overview|guide|list|help] [of the program|please|]",
            "[help|guide|manual|handbook] [for|to] [beginners|the program|harmony-tui|all "
            "commands]",
            "[I need|give me|where is] the [manual|handbook|guide|help page]",
            "[list|show|print|tell me] [every|each|all the] "
            "[command|key|shortcut|commands|keys|shortcuts]",
            "[what|which] [commands|keys|shortcuts] [can I use|may I type|are known|does it take]",
            "I [don't|do not] know [what to type|which key to press|what to do here|how to "
            "begin|where to start]",
            "[how|where] [do I|can I] [begin|start|learn the keys|learn the commands|look up a "
            "command]",
            "[confused|lost|stuck|helpless|overwhelmed] [please help|what now|by all these keys|]",
            "[beginner|newcomer|new user|first time user] [help|guide|here|what now]",
            "[all|the] [hotkeys|shortcuts|key bindings|commands] [on one page|at a "
            "glance|explained]",
            "[look up|find out|see] [which|what] [keys|commands|shortcuts] [there are|exist|I "
            "can use]",
        ),
        answers=(
            "Type `/help` or press **F1**: the help screen lists every command and key. "
            "To begin, just type a question and press **Enter**.",
        ),
    ),
    Topic(
        name="new",
        label="a new conversation",
        wordings=(
            *command("/new"),
            *key("Ctrl+N", "ctrl-n", "ctrl n", "control n"),
            *actions(
                "[start|begin|open] a [new|fresh|blank|different] [conversation|chat|session]",
                "[start|begin] [over|again|afresh|from scratch]",
            ),
            "new [conversation|chat|session|thread]",
            "[clear|empty|reset|wipe|erase] [the|this|our] "
            "[conversation|chat|history|session|thread]",
            "forget [everything|all of this|what I said|this conversation]",
            "let us [start over|begin again|talk about something new]",
            "[how do I|how can I|how to] [clear|reset|wipe|erase|empty] [everything|the "
            "conversation|the chat]",
            "this conversation is [too long|a mess|finished] give me a [new|fresh] one",
            "where is the [button|command] for a new [conversation|chat|session|thread]",
            "a [clean|blank|fresh] [slate|page|start]",
            "[empty|wipe|erase] [everything|the conversation|it all]",
            "[what a mess|a mess] [clear the chat|start over|begin again]",
            "[wipe|clean|clear|erase|reset|empty] the [slate|screen and start over]",
            "[let's|let us|can we|could we] [start afresh|start fresh|start from zero|reset]",
            "[fresh|clean|new] start [please|]",
            "a [fresh|brand new|completely new|clean] [chat|conversation|dialogue|thread|session]",
            "[reset|restart|wipe|clear|erase|empty] [please|now|]",
            "[reset|restart] the [chat|conversation|dialogue|thread|session]",
            "[throw away|put away|delete|drop|discard] [this|the] "
            "[conversation|chat|session|thread] and [begin|start] another",
            "I want a [fresh start|clean slate|blank page]",
            "[drop|discard|delete|throw away] [this|the] [conversation|chat|thread|session] [and "
            "begin anew|]",
            "[get rid of|delete|discard|drop|throw away] [this|the current] "
            "[chat|conversation|session|thread] and start over",
            "[back to|return to|go back to] [the beginning|the start|a blank page]",
            "[new|another|next] [topic|subject] [please|now|]",
            "[change|switch] [the|] [subject|topic]",
            "can we [change the subject|switch topics|talk about something else]",
            "I want to [talk about something else|change the subject|ask about something "
            "unrelated]",
            "[ignore|forget] [all|everything] [above|before|so far|up to now]",
            "[forget|drop] what [we|I] [said|talked about|discussed]",
            "make [it|you] forget [what I said|this chat|everything]",
            "[wipe|clear|empty|reset|erase] [your|the model's|its] [memory|context]",
            "how do I [wipe|reset|clear|erase|empty] [your memory|what you remember|what was said]",
            "[start|open|begin] [another|one more|a second|a separate] "
            "[chat|conversation|thread|session]",
            "how do I get an [empty|fresh|new] [chat|conversation|screen|session|thread]",
            "[key|command|shortcut] for [a new chat|a new conversation|starting over]",
            "I'd [rather|like to] [begin|start] [again|over|anew]",
            "which key [starts|opens|begins] a [new|fresh] [chat|conversation|session|thread]",
            "[start|begin] [anew|again from the top|from the beginning]",
            "start [again|over|] from the [top|beginning|very beginning]",
            "clean [up|out] the [chat|conversation|thread|session]",
            "restart [our|this] [chat|talk|conversation|session|thread]",
            "can I [have|get|start] a [new|clean|fresh] [one|chat|session|thread]",
            "[does|will] starting over [delete|lose|erase|drop|discard|throw away] [the old "
            "chat|the old conversation|everything]",
            "what happens to the [old|previous] [chat|conversation|session|thread] if I start a "
            "new one",
            "leave this conversation and start [another|a new one]",
            "I don't need this [conversation|chat|session|thread] any more give me [another|a "
            "fresh one]",
            "[clear|wipe|remove|reset|erase|empty] [all|] [previous|earlier|old] messages [from "
            "the screen|]",
            "[blank|empty|fresh] [chat|conversation|page|sheet|canvas|session] [please|]",
            "[turn|open] [over|] a new [page|leaf|chapter]",
            "[wipe|clear] [the|] [board|table|blackboard|decks]",
            "[restart|reboot|reinitialise] [the|this|our] [talk|conversation|chat]",
            "[let's|can we|I want to] [begin|start] [from zero|from the top|all over|all over "
            "again|with a clean slate]",
            "all over again [please|from the start|]",
            "[leave|drop|end|finish|close] this [conversation|chat|topic] and "
            "[begin|open|start] [a new one|another]",
            "[this|our] [conversation|chat] is [done|over|finished|going nowhere] [a new one "
            "please|start another|]",
            "[unrelated|different|completely different|other] [question|topic|subject] [new "
            "conversation|start over|in a new chat]",
            "I have a [different|new|unrelated] [topic|subject] [new chat please|start over|how "
            "do I start over]",
            "[clean|tidy|mop] up and start [again|over|anew]",
            "[remove|delete|hide] [everything|all text|all messages|the old text] [from the "
            "screen|on the screen|]",
            "[clear|cls|clear screen|clear the screen] [please|]",
            "[get rid of|away with|lose] [everything|all this|the old conversation|all the "
            "messages] [on the screen|]",
            "[forget|disregard|ignore] [everything|all|what was said] [and start over|until "
            "now|so far|before this]",
            "[delete|wipe|purge|flush|drop] [the|your|its] [context|history|memory] [please|]",
            "[make|have] the model forget [us|all this|the conversation|what was said]",
            "[begin|start|open|create|make] [a|another|one more] "
            "[separate|second|parallel|further|additional|new] "
            "[conversation|chat|session|thread]",
            "[parallel|second|separate] [conversation|chat] [possible|how|]",
            "[key|shortcut|command|button] [to|for] [begin|beginning|start|starting] "
            "[anew|over|a new conversation|a new chat]",
            "how do I [begin|get|open|create] a [blank|new|second|fresh] [conversation|chat]",
            "[reset|clear] [button|key|command|all]",
            "[start|begin] [with|] [an empty|a blank|a clean] [screen|conversation|page]",
            "does a [new chat|new conversation|fresh start] [delete|lose|erase] the "
            "[old|last|present] one",
            "is the old [conversation|chat] [lost|kept|saved|gone] when I [begin|start] [anew|a "
            "new one|over]",
            "[next|new|another] [conversation|chat] [please|now|]",
            "new [conversation|chat|session|thread] [please|how|key|command]",
            "[new|fresh|empty|blank] [conversation|chat] [key|command|please|now]",
            "[start|begin|open] [something new|a new topic|with an empty page]",
            "[ctrl n|control n] [please|does what|]",
            "[new|fresh|other|different] [topic|subject|conversation] [please|now]",
            "[begin|start] [a conversation|a chat|talking] [anew|from scratch|about something "
            "else]",
            "[clear|wipe|empty|erase] [what was said|the conversation|the chat|all of this]",
            "[forget|erase|drop] [everything|all that|this conversation|our talk] [and begin "
            "anew|please|]",
            "[leave|end|close] this [conversation|chat] [for a new one|and begin another|]",
            "I [want|need|would like] [a new|another|a fresh|an empty] "
            "[conversation|chat|start|page]",
            "[how|where] do I [begin|start|open|get] [a new|another|a fresh|an empty] "
            "[conversation|chat]",
            "[conversation|chat] [reset|restart|from scratch|cleared]",
        ),
        answers=(
            "`/new` or **Ctrl+N** starts a new conversation. "
            "The old one stays on disk; nothing is lost.",
        ),
    ),
    Topic(
        name="model",
        label="the /model command",
        wordings=(
            *command("/model"),
            *actions(
                "[change|switch|swap|replace] [the model|models|to another model]",
                "[use|pick|choose|select|try] [another|a different|my own|some other] model",
            ),
            "[change|switch|swap|replace] models",
            "[give me|I want|I prefer] [another|a different] model",
            "[which|what] other models [can I use|can I choose|are there]",
            "[are there|do you have] [any|] other models",
            "[load|open] a model from a [folder|directory]",
            "[how do I|how can I|how to] [load|open] [my own model|a model from a folder]",
            "I have a model in a folder [how do I use it|how do I open it|]",
            "[go|get|switch] back to the [demo|demo model|bundled model|tiny model|original "
            "model|default model]",
            "[how do I|how can I|how to] get the [demo|bundled|default|original] model back",
            "where [do I|can I] [choose|select|set|change|switch|swap|replace|pick] the model",
            "[exchange|replace|swap] [you|this model] [for|with] another [model|one]",
            "how do I [talk to|chat with|ask] [another|a different] model",
            "I don't want this model [any more|give me another|]",
            "can I [use|load|bring|add] [my own|another|a custom|a local] model",
            "where do I [put|enter|type] the [name|folder|path] of [a|my|the] model",
            "model [choice|selection|switch|change]",
            "[other|different|alternative|custom|local] [models|model]",
            "[replace|swap out] the [demo|demo model|bundled model|default model]",
            "can I run [my own|a custom|a fine-tuned|another|a local] model [here|with this|]",
            "[use|load] [weights|a model] from [disk|my disk|a local folder|a path]",
            "I [downloaded|fetched|have] [a model|another model] [how do I select it|how do I "
            "switch to it|now what]",
            "I [trained|fine-tuned] a model [how do I load it|can I use it here]",
            "how do I [return|go back|switch back] to the [demo|bundled|default|original] "
            "[model|one]",
            "[restore|bring back|reload] the [demo|bundled|default|original] model",
            "[select|choose|pick] [the|a|which] model",
            "is it possible to [have|use] more than one model",
            "are [different|other|alternative] models [supported|possible|available]",
            "does [it|this|harmony-tui] [support|work with|accept] [other|different|my "
            "own|alternative] models",
            "which command [changes|switches|selects|loads] the model",
            "swap [to|in] [my model|the other model|a new model]",
            "[change|set|switch|swap|replace] model to [demo|my folder|something else]",
            "model [demo|name|folder|path]",
            "I'd like to [try|use|load|try out] [several|some other|different|other|alternative] "
            "models",
            "[what|which] models [do you support|work here|can be loaded]",
            "how do I tell [the program|harmony-tui] which model to [use|load|run]",
            "can [the model|models] be [changed|switched|swapped|replaced]",
            "[changing|switching|swapping|selecting|choosing] [the model|models]",
            "[I have|here is] [a folder with weights|the path of a model|my own weights]",
            "is the demo model the only [one|model]",
            "what if I want to [go back to|use] the demo model again",
            "can I [switch|change|swap|replace] models [in the middle of|during] a "
            "[conversation|chat]",
            "the [model|] command for [another|a different] model",
            "let me [choose|pick|decide|select] which model [answers|runs|replies]",
            "[exchange|replace|swap|switch] [this|the|your] [brain|model|neural network] [for "
            "another|please|]",
            "[another|a different] [brain|neural network|LLM|language model|checkpoint] [please|]",
            "[plug|bring|put] in [another|a different|my own] [model|checkpoint|LLM]",
            "[mount|load|open|import] [my|a local|my own|a custom] "
            "[checkpoint|model|weights|safetensors]",
            "[safetensors|checkpoint|model] [folder|directory|files] [how do I load it|how do I "
            "open it|can I load it]",
            "I have [safetensors|a checkpoint|a config.json and safetensors|weights] [in a "
            "folder|on my disk] [how do I load it|can I use it|]",
            "[point|tell] [it|harmony-tui|the program] [to|at|] [my|a|another] [model "
            "folder|checkpoint|model directory]",
            "[which|what] [folder|path|directory] [does|must|should] a model [have|be in|need]",
            "what must be in a model folder",
            "[where|how] do I [enter|give|specify|name] the [path|folder|name] of [a|the|my] model",
            "what [do|should] I [write|type|put] after /model",
            "[can|does] [it|harmony-tui|this] [run|load|take] [Llama|Mistral|Qwen|other "
            "models|my fine-tune|any model]",
            "[run|load|use] [my fine-tune|my finetune|a fine-tuned model|my own weights] [here|]",
            "my [fine-tuned|finetuned|home-made|own] [model|checkpoint|weights] [can I load "
            "it|how do I use it|here]",
            "is it possible to [load|run|use] [another|a different|my own|a custom|more than "
            "one] [model|LLM|checkpoint]",
            "[choose|select|pick|change|switch] [an|the|another] [LLM|language model|AI model]",
            "a [model|LLM] [selector|picker|menu|chooser|dropdown|drop-down|list]",
            "where is the [model|LLM] [selector|picker|menu|chooser|dropdown|list]",
            "[list|show] [of|me] [the|all] [available|downloaded|installed] models",
            "[which|what] models [are|do I have] [available|installed|on this machine|here]",
            "[which|what] models can I [pick|choose|select|load] [from|here|]",
            "[undo|reverse] the model change",
            "[back|return|go back|switch back|revert] to the "
            "[bundled|demo|tiny|small|built-in|first|original] [model|one]",
            "[how do I|I want to] [reload|restore|get back] the "
            "[tiny|built-in|bundled|small|demo] [model|one]",
            "[I miss|give me back|bring back] the [demo|tiny|bundled|little] model",
            "[replace|unload|drop|throw out] [the|this] [tiny|demo|small|current|present] model "
            "[with another|for another|]",
            "[unload|remove|free] the [current|loaded|present] model",
            "can I [switch|swap|change] [models|the model] [mid-conversation|while "
            "chatting|without leaving|without restarting]",
            "do I [need|have] to restart [to change|when I change|after changing] the model",
            "does [changing|switching] the model [keep|lose|delete] [the conversation|my chat]",
            "what happens to [the conversation|my chat] when I [switch|change] [models|the model]",
            "what if a model [cannot be loaded|does not load|fails to load|is not found]",
            "my model [won't|does not|doesn't] [load|open]",
            "[it says|why is] the model [could not be loaded|was not found|not found]",
            "model [loading|change|switching|selection|swap|name] [how|help|please|command]",
            "the command [to|that] [load|loads|change|changes|switch|switches] [a|the] model",
            "/model [NAME|folder|demo|my-model|path]",
            "start with another model",
            "[use|set] a different [default|] model [at start|from the start|]",
            "make [another|my own] model the default",
            "[set|change] the default model",
            "[test|compare|try out] [several|two|different|various] [models|checkpoints|LLMs]",
            "[use|have|load|try|run] [more than one|several|two|other|different] "
            "[models|LLMs|checkpoints]",
            "[more than one|a second|another|yet another] [model|LLM|checkpoint] "
            "[please|possible|to load|]",
            "[model|LLM|checkpoint] [switching|swapping|choice|selection|replacement]",
            "[switch|swap|change] [the|] [LLM|checkpoint|language model]",
            "[another|a different|a bigger|a better|some other] [model|LLM|checkpoint] "
            "[instead|in here|for this conversation]",
            "how do I [talk to|use|ask|get] [another|a different|some other] "
            "[model|LLM|checkpoint]",
            "[does|can] harmony-tui [switch|change|swap] [models|checkpoints|LLMs]",
            "[leave|exit|replace] the [demo|bundled|tiny] model [for a real one|for another]",
            "[use|load] a [folder|directory|local folder] as [the|a] model",
            "load [a|the] model by [name|its name|path|folder]",
            "[switch|change|go] [to|over to] [another|a different|my own|a local] "
            "[model|checkpoint|LLM]",
            "[name|choose|give|pick] [a|another|the] [model|folder of a model] [to load|please|]",
            "[load|open] [a|my|another] [model|checkpoint|LLM] [from a folder|by its name|please|]",
            "[the|this] [demo|bundled] model [again|back please|instead]",
        ),
        answers=(
            "`/model NAME` switches to another model: NAME is a folder or a downloaded name. "
            "`/model demo` brings back the bundled one.",
        ),
    ),
    Topic(
        name="effort",
        label="the reasoning effort",
        wordings=(
            *command("/effort"),
            *concepts("[the|] [reasoning|thinking] effort"),
            *actions(
                "[change|set|raise|lower|increase|reduce] the [effort|reasoning effort]",
                "make [you|the model|it] [think|reason] [harder|longer|more|less]",
            ),
            "[think|reason] [harder|longer|more|less|more carefully]",
            "[low|medium|high] effort",
            "what is the difference between [low and high|low and medium|medium and high] effort",
            "[which|what] [effort|effort levels|levels of effort] [can I choose|are there]",
            "you [think|reason] too [much|little|long]",
            "[why do you|do you always] [think|reason] [so long|so little|so much]",
            "effort [levels|setting]",
            "set effort to [low|medium|high]",
            "[spend|take] [more|less] time [thinking|reasoning]",
            "I want [it|you|the model] to [think|reason] [longer|harder|more deeply|for longer]",
            "[think|reason] [deeply|carefully|thoroughly|step by step]",
            "think [it|this] [through|over] [carefully|thoroughly|deeply|longer]",
            "[don't|do not] [overthink|think so much|think so long|reason so much]",
            "[quick|quicker|faster] answers [without so much thinking|with less reasoning]",
            "can you [think|reason] [harder|less|more|a bit longer]",
            "[how much|how long] do you [think|reason] [before you answer|before answering|]",
            "how do I [control|choose|decide|limit|set] how [long|much|hard] [you think|it "
            "thinks|the model reasons]",
            "[put|try] [more|less|some more] [effort|thought] [into it|in|]",
            "[maximum|minimum|less|more|lowest|highest] effort",
            "effort [low|medium|high]",
            "[low|high|medium] reasoning",
            "reasoning [low|medium|high|level|levels|setting|depth]",
            "[the|your] thinking takes [too long|forever|ages]",
            "it [thinks|reasons] [for ages|for too long|forever] before [answering|it answers]",
            "[deeper|longer|shorter|more|less] [thinking|reasoning] [please|]",
            "turn [up|down] the [effort|thinking|reasoning]",
            "[level|amount|depth|length] of [reasoning|thinking|thought]",
            "[lower|raise|increase|reduce|shorten] the amount of [thinking|reasoning]",
            "can the [reasoning|thinking] be [shorter|longer|deeper|switched down]",
            "[can|could] you [shorten|reduce|lower] the [thinking|reasoning]",
            "make the [thinking|reasoning] [shorter|longer|deeper]",
            "[which|what] effort [is best|should I use|is faster|is the default]",
            "when does [the|a new] effort [take effect|apply|act|count|start to work]",
            "how [hard|thoroughly|deeply|carefully] do you think",
            "does high effort [give better answers|take longer|slow you down|cost time]",
            "[is|would] low effort [faster|quicker|be enough]",
            "I have a hard [problem|question] [think longer|so think hard|please think more]",
            "[set|change|switch] [the|] [reasoning|thinking] to [low|medium|high]",
            "[go|switch] to [high|low|medium] effort",
            "from when [on|] does [the|a new] effort [act|count|apply|take effect]",
            "[reasoning|thinking] [time|length|depth]",
            "[try|work] [harder|a bit harder] [at thinking|when reasoning|]",
            "[deeper|more thorough|more careful|closer] "
            "[thought|reasoning|thinking|consideration] [please|]",
            "[put|give|invest] [more|some|less] [thought|brainpower|brain power|reasoning] "
            "[into it|to it|]",
            "[use|turn on] your [brain|head|grey cells] more",
            "[think|ponder|reflect|consider|deliberate] [more|longer|deeply|at "
            "length|carefully] [before you answer|next time|]",
            "[ponder|reflect|deliberate] [longer|more|less]",
            "[how|can I] [make|have|let] [it|you|the model] [ponder|reflect|deliberate|think] "
            "[more|longer|less]",
            "[less|not so much] [pondering|brooding|deliberation|thinking] [please|next time|]",
            "[quick|snap|fast|hasty] [thinking|reasoning] [please|mode|]",
            "[thinking|reasoning] [mode|strength|intensity|budget by level] "
            "[low|high|settings|levels]",
            "[shallow|deep|light|heavy] [thinking|reasoning] [mode|please|]",
            "[deep|hard|extended|high] thinking [mode|on|]",
            "[three|the three|which three|all] [levels|efforts|effort levels|settings of effort]",
            "[level|levels|degree|degrees] of [effort|reasoning|thinking]",
            "[low|medium|high] [or|vs|versus] [high|low|medium] effort",
            "[how|what] is [low|medium|high] effort different",
            "[what|which] [effort|level] [is set|am I on|do you use now|for hard questions|for "
            "simple questions]",
            "[default|current|present|normal|standard] [effort|reasoning effort|reasoning level]",
            "[set|put|turn|change|move] [the|] [effort|reasoning effort|reasoning level] [to|] "
            "[high|low|medium|another level]",
            "[raise|lower|increase|decrease|up|reduce] [the|your] [effort|reasoning "
            "effort|reasoning level|depth of thought]",
            "the model [thinks|reasons] [too much|too little|far too long|not enough|hardly at "
            "all] [can I change that|]",
            "you [hardly|barely|never|always] [think|reason] [before answering|long|]",
            "you spend [too much|too little|so much] time [thinking|reasoning]",
            "why [so much|so little|so long a|such a long] [thinking|reasoning|thought] [for a "
            "simple question|]",
            "[simple|easy|hard|tricky|difficult] [question|problem] [less thinking please|think "
            "hard|no need to think long|high effort please]",
            "[does|will] [more|less|high|low] [effort|reasoning] [help|cost time|give better "
            "answers|be slower|use more tokens]",
            "[effort|reasoning effort] [explained|meaning|help|what for|command|high please|low "
            "please]",
            "when [does|will] [the|a changed] effort [count|change|act|apply] [at once or next "
            "time|]",
            "/effort [low|medium|high]",
            "[effort|reasoning effort] [low|medium|high|level|levels|setting]",
            "[set|change|lower|raise|increase|reduce] [the|] [effort|reasoning effort|effort "
            "level]",
            "[think|reason] [longer|harder|shorter|less|more|deeper] [please|before you answer|]",
            "[less|more|deeper|shorter|longer] [reasoning|thinking|thought] [please|before an "
            "answer|]",
            "[make|have|let] it [think|reason] [longer|harder|less|more]",
            "[how long|how much|how deeply] [it|you|the model] [thinks|think|reasons|reason]",
            "[reasoning|thinking] [level|levels|depth|strength|amount]",
            "[low|medium|high] effort [please|means what|]",
            "[effort|/effort] [high|low|medium] [please|now]",
            "[it|the model] [thinks|reasons] too [much|little|briefly|deeply]",
        ),
        answers=(
            "`/effort low`, `/effort medium` or `/effort high` says how long the model reasons "
            "before it answers. It acts from the next question on.",
        ),
    ),
    Topic(
        name="hyperparameters",
        label="the hyperparameters",
        wordings=(
            *command("/set"),
            *key("F4", "f4"),
            *concepts("the hyperparameters [pane|]"),
            *actions(
                "[change|set|see|adjust|edit] [the|a|some] "
                "[hyperparameters|hyperparameter|sampling values]",
            ),
            "hyperparameters",
            "[show|hide|open|close] [the|] hyperparameters [pane|]",
            "where [are|is] the [hyperparameters|hyperparameters pane|sampling settings]",
            "[which|what] [hyperparameters|values|parameters] can I [set|change|adjust]",
            "[list|name] the hyperparameters",
            "what [is|does] the pane with the [numbers|hyperparameters] [for|show]",
            "I can't [find|see] the hyperparameters [pane|]",
            "[knobs|dials|sliders|controls] [for the sampling|for the model|to turn|]",
            "where are the [knobs|dials|sliders|options]",
            "which [knobs|dials] can I [turn|tweak|change|play with]",
            "[tweak|tune|fiddle with|play with] the [parameters|hyperparameters|numbers]",
            "how do I [configure|tune|tweak|adjust] [you|the model|the sampling]",
            "[model|sampling|generation] [parameters|options|controls]",
            "[hyper parameters|hyperparameters] [please|pane|]",
            "show me the [current|present|sampling] [values|parameters]",
            "[what|which] [sampling values|parameters] are [active|in use|set] [now|at "
            "the moment|]",
            "what are [temperature and top_p|seed and temperature|all those values] set to",
            "how do I [change|set] a [value|parameter|setting]",
            "where do I [change|set|see] [the sampling|sampling|the values|parameters]",
            "[set name value|set a value|change a value|change a parameter]",
            "the set command",
            "what can I [set|change|tweak|tune] [here|with set|]",
            "[names|list] of [the|all] [settable values|parameters]",
            "[hide|close|get rid of|remove] the [parameters|hyperparameters] [on the right|pane]",
            "the pane with [the temperature and the seed|all the settings|the values]",
            "which key [shows|hides|opens|closes|toggles] the [hyperparameters|parameters]",
            "[toggle|display|reveal|collapse] the hyperparameters [pane|]",
            "I want to [fine-tune|tune] the [sampling|values]",
            "[sampling|sampler] [pane|values|options]",
            "[I'd like|I want] to see all [the|] [values|parameters] [at once|in a pane]",
            "what do the hyperparameters [control|change|influence]",
            "which sampling [parameters|values] [exist|are there|do you support]",
            "[customise|customize|personalise] the [sampling|model's behaviour|generation]",
            "[adjusting|changing|setting|editing|tuning] [parameters|hyperparameters|values]",
            "I [closed|lost|hid] the hyperparameters [pane|] [how do I get it back|]",
            "bring [back|up] the [hyperparameters] pane",
            "set [min_p and top_k|temperature and seed|several values]",
            "[the|my] hyperparameters [are gone|have vanished|have disappeared]",
            "is there a way to [tweak|tune] [sampling|the model|parameters]",
            "[dials|knobs|sliders|controls|switches|adjustments] [of|for] [the "
            "model|sampling|the sampler]",
            "[where|which|what] [are|is] the [dials|knobs|sliders|dials pane]",
            "the [dials|knobs|sliders|numbers] [pane|panel|box|window] [please|]",
            "[show|hide|open|close] the [dials|knobs|sliders|values] [pane|panel|]",
            "[a|the] [panel|pane] [of|with|for] [dials|knobs|sliders|values]",
            "[how|where] [can|do] I [turn|adjust|move|use] [a|the] "
            "[dial|dials|knob|knobs|slider|sliders]",
            "[up and down|left and right|arrow keys] in the [hyperparameters|dials] pane",
            "how do I [work|use|operate|handle] the [hyperparameters|dials] pane",
            "[reset|restore|put back|undo] [a|the|all] "
            "[hyperparameter|setting|values|dials] [to default|]",
            "[what|which] [hyperparameters|dials|knobs|parameters] [exist|are there|do "
            "you have|can be changed]",
            "how many [hyperparameters|dials] [are there|do you have]",
            "[list|overview|table|names|summary] of [hyperparameters|the hyperparameters|all "
            "the dials]",
            "what is a hyperparameter",
            "[hyperparameter|hyperparameters] [explained|meaning|list|overview|help|key]",
            "[adjust|configure|control|influence|steer] [how the model samples|the "
            "generation|the sampler|the model's output]",
            "[customise|customize|configure|tune|tweak] [sampling|the model|the sampler|your "
            "behaviour|generation]",
            "[sampling|generation|model] [configuration|preferences|knobs|dials|pane]",
            "can I change [values|parameters|hyperparameters] [while you write|in the "
            "middle of an answer|at any time]",
            "when does a [changed|new] [setting|value|hyperparameter] [act|take effect|count]",
            "[syntax|usage|form] of [the set command|/set]",
            "[set|/set] [NAME VALUE|something|a hyperparameter|syntax]",
            "how do I type a [value|setting|hyperparameter] [instead of using the pane|as a "
            "command|]",
            "[panel|pane|list] on the right with [numbers|values|bars]",
            "what are [those|the] [numbers|bars|values|rows] on the right",
            "[advanced|expert|all] [options|parameters]",
            "[tweak|tune|fiddle with|turn|adjust] the [dials|knobs|hyperparameters|sampling "
            "values|sampling settings]",
            "[a way|any way] to [tweak|tune|adjust|change] [sampling|the "
            "sampling|hyperparameters|the dials]",
            "[dials|knobs|sliders] [please|where|pane|on the right|key]",
            "where are the [dials|knobs|sliders|sampling settings|sampling values]",
            "[what|which] [dials|knobs|hyperparameters|sampling values] [can I turn|can be "
            "changed|are there|can I set]",
            "[list|show] [all|the|all the] [dials|hyperparameters|sampling parameters|knobs]",
            "[F4|f4] [dials|hyperparameters|for the dials]",
            "the [dials|hyperparameters|sampling] [column|section|panel|area|part of the screen]",
            "[hide|show|open|close] the [dials|knobs|sampling settings|hyperparameter panel]",
            "[set|change|alter|modify] [a|one|any] [hyperparameter|dial|sampling value|sampling "
            "parameter]",
            "[hyperparameter|sampling|sampler] [values|options|parameters|controls] "
            "[please|where|]",
            "how do I [change|alter|adjust] [how you sample|the sampling|the sampler]",
            "[sampling|sampler] [tweaks|tuning|adjustments|controls]",
            "I want to [play|experiment|tinker] with the [sampling|dials|hyperparameters]",
            "/set NAME VALUE",
            "[which|what] values does /set [take|know|accept|change]",
            "[change|turn] [a dial|the dials|a hyperparameter] [while it answers|in the middle "
            "of an answer|during an answer]",
            "[change|alter|modify|edit] [a|some|the] [parameter|sampling value|hyperparameter] "
            "[of the model|while it writes|in the pane|]",
            "[default|standard|factory|current|present] [hyperparameters|sampling values|dials] "
            "[please|]",
            "[hyperparameter|dial] [menu|panel|screen|page] [where|please|]",
            "[open|show|see|change] the [hyperparameters|parameters|dials] [pane|]",
            "[parameters|dials|knobs] [of sampling|of the model|for the next token|to turn]",
            "[change|turn|move|adjust] [a dial|the dials|a knob|a slider|a parameter]",
            "[hyperparameters|hyperparameter] [pane|list|names|please|where|explained]",
            "[set|change] [temperature and seed|several parameters|a sampling parameter|top_p "
            "and temperature]",
            "[where|how] do I [turn|find|reach|see|open] the "
            "[dials|hyperparameters|knobs|sampling parameters]",
            "[hyperparameters|dials|knobs] [shown|hidden|open|closed|gone|back]",
        ),
        answers=(
            "**F4** shows or hides the hyperparameters pane. `/set NAME VALUE` changes a value, "
            "such as temperature, top_p, seed or max_tokens.",
        ),
    ),
    Topic(
        name="approve",
        label="the /approve command",
        wordings=(
            *command("/approve"),
            *concepts("[tool approval|approval|the approval of tools]"),
            *actions(
                "[allow|approve|permit|confirm] [tool calls|the tool calls|tools]",
                "[deny|decline|refuse|forbid] [a tool call|tool calls]",
            ),
            "[ask me|please ask] before [every|each|any] [tool call|call|tool]",
            "[stop asking|don't ask|never ask] me [before|about] [tool calls|every call]",
            "why do you ask [me|] [before a call|for permission|for approval|before using a tool]",
            "who [allows|approves|decides about] [tool calls|the tools]",
            "[must|do] I [have to|] [approve|allow|confirm] [every|each] tool call",
            "approve [always|ask|auto|read-only]",
            "what is the difference between approve [always|ask] and [auto|read-only]",
            "[ask|check with] me first [before you use a tool|before calling anything|]",
            "always ask [me|] [first|before using tools|for permission|before you call]",
            "never ask [me|] [again|for permission|before a tool]",
            "[just|simply] [run|use|call] the tools without asking",
            "I want to [decide|be asked|have a say] before [you call a tool|a tool runs|tools "
            "are used]",
            "I don't want to be asked [every time|each time|about tools|before every call]",
            "[can|do] you [use|call|run] tools without [asking|my permission|my consent|telling "
            "me]",
            "[let|allow] [it|the model|you] [to|] [use tools freely|call tools freely]",
            "who gives permission [to call tools|for tools|]",
            "[permission|permissions|consent|confirmation] [for tools|for tool calls|settings|]",
            "[is|are] [my permission|my consent|permissions] needed for [a tool|a tool call|tools]",
            "[stop|block|prevent|ban] [tools|tool calls|the use of tools]",
            "how do I [block|prevent|reject|veto] a [tool call|call]",
            "[grant|give|refuse|withdraw] permission [for tools|to use tools|for a call]",
            "why does it [keep asking|always ask|ask] [me|] [for permission|to confirm|whether "
            "it may]",
            "it [keeps|won't stop] asking [me|] [to approve|for approval|to confirm|yes or no]",
            "[turn|switch] [off|on] the [confirmation|approval|questions before tools|permission "
            "questions]",
            "[auto-approve|auto approve|automatically allow|always allow] [tools|tool "
            "calls|everything]",
            "[yes to all|allow all|approve all|approve everything|always yes]",
            "[confirm|confirmation] [before|of] [every|each] [call|tool call]",
            "[ask|confirm] [only|just] before [dangerous|risky|important] [calls|tools]",
            "[what|which] calls [need|require] [approval|permission|confirmation]",
            "what [counts as|is] an effect [in approve|when approving|]",
            "are tools run [automatically|without asking|on their own|by themselves]",
            "I want [full|more|complete] control over [tools|tool calls|what it calls]",
            "does [the model|it] need my [approval|consent|ok|permission]",
            "[tool|tools] [permissions|permission|approvals|consent|authorisation]",
            "[authorise|authorize] [tools|tool calls|a call|each call]",
            "can I [say no to|reject|turn down] a [tool call|tool|call]",
            "what if I [refuse|reject|deny|don't approve] a [call|tool call]",
            "[trust|don't trust] [the tools|tool calls|the model with tools]",
            "set approval to [always|ask|auto|read-only]",
            "[always|ask|auto|read-only] [approve|mode for approvals]",
            "before you [use|touch|run|call] [a tool|anything|the calculator] [ask|ask me|tell me]",
            "how [careful|cautious] are you with tools",
            "[safety|security] of tool calls",
            "[skip|bypass|avoid|disable] the [approval|confirmation|permission] [question|step|]",
            "[prompt|query|warn] me before [tool calls|each call|a tool runs]",
            "[change|adjust] when [you ask|I am asked|it asks] for [approval|permission]",
            "[require|demand|request|enforce] [my|] [approval|consent|confirmation|permission] "
            "[before|for] [each call|tools|every tool call]",
            "[without|no] my [permission|consent|approval|say-so] [no tool|nothing may "
            "run|nothing runs]",
            "nothing [should|may] run [without asking me|without my consent|before I agree]",
            "[nagging|pestering|constant] [questions|prompts|confirmations] [before tools|about "
            "tool calls|stop them]",
            "[stop|quit|no more] [nagging|pestering|bothering] me [about tools|with permission "
            "questions|before each call]",
            "[allow|let|permit] [all|every|any] [tool call|tool calls|tools] [from now "
            "on|without asking|automatically|]",
            "[yes|allow] to [all|every] [tool calls|calls|tools]",
            "[y n or a|yes no or always] [what do they mean|in the question before a tool|]",
            "[a question|a dialog|a box] [appears|pops up|comes] before [a tool|each call] [how "
            "do I turn it off|why|]",
            "[block|stop|veto|forbid|prevent] [the model|it|you] from [using|calling|running] "
            "[tools|the calculator|functions]",
            "[supervise|oversee|control|police|restrict] [tool use|tool calls|the tools|what "
            "tools do]",
            "[supervised|manual|automatic] [tool calls|tool use|approval|mode]",
            "[keep|stay in|have] [me in the loop|control over the tools|the last word on tools]",
            "who has the last word [on|about] [tools|tool calls]",
            "[tool|call] [approval|permission|confirmation|consent|authorization] "
            "[setting|mode|policy|explained|off|on]",
            "[approval|permission] [setting|policy|mode|modes|levels] [explained|for "
            "tools|which are there|]",
            "which approval [modes|settings|levels] [are there|exist|can I choose]",
            "[always|ask|auto|read-only] [mode|setting] [of|in|for] approve",
            "which tools have [effects|side effects]",
            "[side effects|effects] of [tools|tool calls] [and approval|do you ask|]",
            "[dangerous|risky|harmful] [calls|tools|tool calls] [ask first|must be approved|can "
            "I forbid them]",
            "I want to [approve|confirm|check|vet] [each|every|all] [tool call|call|tool use] "
            "[myself|by hand|first]",
            "/approve [always|ask|auto|read-only]",
            "[declined|refused|denied] [a tool call|the call|it] [by mistake|what happens|what "
            "now]",
            "[always|never|sometimes] ask [me|] [before|about] [calls|tool calls|a tool "
            "call|using a tool]",
            "[don't|do not|never|stop] [ask|asking] [me|] [about tools|before tool calls|before "
            "you use a tool|for permission]",
            "[approve|approval] [always|auto|read-only|mode|setting|setting please]",
            "[always|never] [yes|approve|allow|permit] [the tools|tool calls|calls|from now on]",
            "[say|always say] yes [to tools|to tool calls|automatically|to every call]",
            "[permission|permissions|approval|approvals|consent] for [tools|tool calls|calls|the "
            "calculator]",
            "[allow|permit|authorise|authorize|confirm] [all|every|each] [tool calls|tool "
            "call|call|calls]",
            "[automatic|manual|constant] [approval|permission|confirmation] [of calls|of tool "
            "calls|]",
            "[why|must you|do you have to] [ask|asks] [me|] [for permission|before every "
            "call|each time you call a tool]",
            "it [asks|keeps asking|asked] [for permission|for approval|me to approve]",
            "[tool call|call] [confirmation|approval|permission] [please|off|on|]",
        ),
        answers=(
            "`/approve always` asks you before every tool call, `/approve ask` only before calls "
            "that touch something, `/approve auto` not for what stays in the sandbox, and "
            "`/approve read-only` refuses calls that write or run anything.",
        ),
    ),
    Topic(
        name="theme",
        label="the /theme command",
        wordings=(
            *command("/theme"),
            *actions(
                "[change|switch|set|choose|pick] the [theme|colours|colors|colour scheme]",
                "[use|get|have] [a|another|the] [dark|light|different] [theme|mode]",
            ),
            "[themes|colours|colors]",
            "[dark|light] [mode|theme]",
            "[which|what] [themes|colours|colors] [are there|do you have|can I choose]",
            "[it is|the screen is|this is] too [dark|bright]",
            "I [don't like|hate|can't read] [the colours|these colors|this theme]",
            "[make it|make the screen] [darker|brighter|lighter|prettier]",
            "can [this|it|the program] look [different|nicer|brighter|darker]",
            "where are the [themes|colours|colors]",
            "I [prefer|like] [dark|light|other] [themes|colours|colors]",
            "[change|adjust] the [look|appearance] of [the screen|the program|this]",
            "theme [harmony-light|harmony-contrast|harmony-dark]",
            "[use|set|I want] the [harmony-light|harmony-contrast|light|contrast] theme",
            "[bright|lighter|higher contrast|prettier] [colours|colors|theme]",
            "the [appearance|look] of [the screen|the program]",
            "the [letters|text|words] [are|look] too [dark|pale|faint|dim]",
            "I can [hardly|barely] [read|see] [the text|this|the letters]",
            "[black|white|dark|bright] background",
            "I want [black on white|white on black|dark text on white|a white background]",
            "can I have a [white|black|dark|bright] background",
            "my eyes [hurt|are tired] [from this screen|from the colours|]",
            "[it|the screen] [hurts|blinds|strains] my eyes",
            "[easier|kinder|gentler] on the eyes",
            "[night|day] mode [please|]",
            "switch to [night mode|day mode|dark mode|light mode|light colours]",
            "turn [on|off] [dark mode|light mode|night mode]",
            "[colours|themes|look of the screen]",
            "is there [another|a different|a nicer] [skin|colour scheme|look]",
            "[more|better|higher|stronger] contrast",
            "there is [not enough|too little] contrast",
            "I am [colour blind|colourblind|short-sighted|visually impaired]",
            "[poor|bad|weak] [eyesight|eyes] [which theme|what colours|which colours]",
            "make the [background|text|colours|letters] [lighter|darker|brighter|easier to read]",
            "[ugly|horrible|awful|boring] [colours|colors|theme]",
            "the [colours|colors] are [ugly|hard to read|too bright|wrong|too pale]",
            "[restyle|recolour|repaint|redecorate] [the screen|this|the program]",
            "which theme [is best|should I use|is lightest|is easiest to read]",
            "[what|which] colour schemes [exist|are there|come with it]",
            "[colour|color] [scheme|schemes|theme|settings]",
            "how do I [lighten|darken|brighten|dim] the [screen|background|display]",
            "[harmony-dark|harmony-light|harmony-contrast]",
            "go [back to|to] the [dark|light|default|old] [theme|colours]",
            "is there a [dark|light|high contrast|black and white] [theme|mode|version]",
            "do you [have|support|offer] [themes|dark mode|light mode|a high contrast mode]",
            "I am sitting in [the sun|bright light|the dark] and can't [read|see] the screen",
            "[too|so] [bright|glaring|gloomy|colourful|dull] [for me|for my eyes|]",
            "can the [colours|colors|background] be [changed|different|lighter|darker]",
            "[invert|reverse|swap] the [colours|colors|screen]",
            "[different|other|new|nicer] [colours|colors|theme|look] [please|]",
            "[changing|switching|setting|choosing] [the|] [theme|colours|colors]",
            "give [it|this|the screen] a [new coat of paint|different look|fresh look|lighter "
            "look]",
            "customise the [look|colours|appearance]",
            "my terminal is [white|black] and the [colours|text] [clash|don't fit|can't be read]",
            "can I get rid of the [black|dark] background",
            "[less|more] [colour|brightness] [please|]",
            "[recolor|repaint|restyle] [everything|the whole screen|the interface]",
            "[appearance|look|style|skin|skins|palette of colours] [of the program|settings|]",
            "[can|how do] I [change|alter|modify] the [style|appearance|skin|look]",
            "a [brighter|darker|lighter|paler|softer|warmer] [screen|look|background|theme]",
            "the [screen|background|program] is [blinding|glaring|gloomy|dazzling|too black|too "
            "white]",
            "[it's|it is] [blinding|glaring|dazzling|gloomy] [in here|]",
            "[sunlight|sunshine|daylight] [on my screen|makes it unreadable|and I can't read]",
            "I sit [outside|outdoors|by the window] and can't [read|see] [anything|the text]",
            "it is [night|dark outside|late] [make the screen darker|is there a dark theme]",
            "[letters|text|words|grey text] [hard|difficult|impossible] to [read|see|make out]",
            "[grey|gray|pale] on [black|grey] is [hard to read|unreadable]",
            "[unreadable|illegible] [text|letters|colours|grey]",
            "[improve|better|more] [readability|legibility|contrast]",
            "[high|higher|strong|maximum] contrast [please|mode|colours|version]",
            "[for|good for] [weak|old|tired|bad] eyes",
            "I [need|have] [glasses|weak eyes|poor sight] [which colours|more contrast "
            "please|which theme]",
            "[colour-blind|color blind|colorblind|colour blindness] [friendly|theme|colours|]",
            "[light|white|dark|black] [version|interface|screen|colours|look] [please|]",
            "[can|could] [it|the screen|the background] be [white|black|light|dark|brighter]",
            "[own|custom|my own|home-made] [theme|colours|colour scheme] [possible|how|]",
            "[make|write|define|create] my own [theme|colours|colour scheme]",
            "[list|name|show] [the|all|all the] [themes|colour schemes|skins]",
            "how many [themes|colour schemes|skins] [are there|do you have]",
            "[undo|reset|restore] the [theme|colours|look]",
            "[default|standard|original] [theme|colours] [please|back|]",
            "[harmony-light|harmony-dark|harmony-contrast] [please|theme|looks how|or "
            "harmony-dark]",
            "I [find|think] the colours [ugly|boring|too strong|dull|depressing]",
            "[pink|green|blue|colourful] [theme|screen|colours] [please|possible]",
            "[set|use|choose|switch to|put on|try] [the|] "
            "[harmony-light|harmony-dark|harmony-contrast] [theme|colours|colors|please]",
            "[harmony-light|harmony-dark|harmony-contrast] [theme|please|how|]",
            "[a|the] [light|dark|bright|black|white|high contrast] [theme|mode|background|colour "
            "scheme|color scheme] [please|]",
            "[change|set|switch|choose|pick] [the|a|my] [theme|colours|colors|colour "
            "scheme|color scheme|look]",
            "[colours|colors|theme|themes] [hurt my eyes|are too dark|are too bright|are "
            "ugly|are hard to read]",
            "[which|what] [themes|colour schemes|color schemes] [are there|do you have|can I "
            "choose|exist]",
            "[list|names] of [themes|the themes|colour schemes]",
            "[my own|a custom|another|a different] theme [please|]",
            "[recolour|recolor|restyle|repaint] the [screen|panes|program]",
            "[colour|color|colours|colors] [of the screen|of the program|of the "
            "panes|scheme|themes|setting]",
            "[the screen|it|everything] is too [dark|bright|light|colourful|dim|pale]",
            "[I want|I prefer|I would like] [a|the] [dark|light|bright|black|white] "
            "[screen|theme|background|look]",
            "[switch|change|go] to [dark|light|bright|high contrast] [mode|theme|colours|]",
            "[make|turn] the [screen|background|program] [dark|light|black|white|brighter|darker]",
            "[contrast|brightness|look|appearance|style] of the [screen|program|panes]",
            "[dark mode|light mode|night mode|day mode] [please|on|off]",
            "[better|more|less|higher] contrast [please|on the screen|]",
            "[theme|themes|colour theme|color theme] [names|list|choice|change|dark|light|please]",
            "[colours|colors] [please|other ones|different ones|lighter ones|darker ones|for the "
            "colour-blind]",
            "[other|different|nicer|softer|stronger|lighter|darker] [colours|colors|theme]",
            "[what|which] [colours|colors|theme|themes] [can I choose|is this|are there|may it "
            "have]",
            "I [don't like|hate|cannot stand] [the|these] [colours|colors|theme]",
            "[light|dark|white|black] [background|screen|colours|theme] [please|instead|]",
        ),
        answers=(
            "`/theme NAME` changes the colours of the whole screen: "
            "`harmony-dark`, `harmony-light` or `harmony-contrast`.",
        ),
    ),
    Topic(
        name="quit",
        label="leaving the program",
        wordings=(
            *command("[/quit|/exit|/q]"),
            *key("Ctrl+Q", "ctrl-q", "ctrl q", "control q"),
            *actions(
                "[quit|exit|leave|close|end] [the program|the app|harmony-tui|this program|]",
                "[get|go] [out|out of here|back to the shell|back to my terminal]",
            ),
            "[quit|exit] [please|now]",
            "[shut down|terminate|close down] [the program|the app|harmony-tui|this]",
            "how do I get my [terminal|shell] back",
            "I [am done|am finished|have finished] [how do I close this|how do I leave|]",
            "where is the [exit|way out]",
            "I [can't|cannot] get out [of this program|of here|]",
            "does [closing|leaving|quitting] [the program|the app] lose [anything|my work]",
            "[terminate|quit|exit] the [session|program] [now|please]",
            "[quitting|closing|leaving] [the program|harmony-tui]",
            "[exit|leave|quit|close|terminate] [harmony-tui|the program|this program|the app] "
            "[now|please]",
            "how [do|can] I [log out|log off|sign off|sign out]",
            "[log out|log off|sign off|logout]",
            "[kill|terminate|shut] [the program|this program|the app|harmony-tui|it down]",
            "[shut|close] [it|this|everything] down",
            "I [want|need] [out|to leave|to exit|to be out of here]",
            "[let|get] me out [of here|of this|]",
            "[exit|leave|terminate|sign off|shut down]",
            "[exit|close|end|leave] [this|it] [now|please|]",
            "which [key|keys|command] [closes|quits|ends|exits|leaves] [the program|the "
            "app|this|harmony-tui]",
            "[back|return] to the [shell|terminal|command line|prompt of my shell]",
            "I want my [shell|terminal|command line] back",
            "[take|bring] me back to [the shell|my terminal|bash]",
            "how do you [turn|switch] this [program|app|thing] off",
            "[turn|switch] off [the program|the app|harmony-tui]",
            "[finish|end] the [program|session|app]",
            "what is the [proper|right|clean|safe] way to [exit|leave|quit]",
            "[can|may] I [just|simply] [close|leave|kill] [the window|the terminal|the program]",
            "is it safe to [close|quit|exit|leave]",
            "[ctrl c|control c|ctrl-c] does not [quit|close the program|exit]",
            "I'm [done|finished] with this [program|app] [how do I close it|close it|]",
            "[close|leave|end] the [application|whole application]",
            "[exit|quit|leave] command",
            "how does one [exit|leave|quit|get out of] [this|here|harmony-tui]",
            "[stop|end] the [program|application|app|whole program]",
            "how do I stop [harmony-tui|the program|running this program]",
            "[abandon|bail out of] [the program|this app|harmony-tui]",
            "I am [trapped|stuck] in this program [how do I get out|let me out]",
            "there is no [exit|close|quit] button",
            "where is the [exit|quit|close] [button|key|command]",
            "[q|exit program|end program|close program|leave program]",
            "do I have to save before [quitting|I quit|leaving|I exit|closing]",
            "is [everything|anything|my chat] lost [if|when] I [quit|exit|close the "
            "program|leave the program]",
            "[what happens|is my chat safe] [when|if] I [quit|exit|close|leave] the program",
            "[I would like|I'd like] to [stop using|close|exit|shut down] [this program|the "
            "app|harmony-tui]",
            "that is all for now how do I [quit|exit|close the program]",
            "[quitting|exiting|closing|leaving]",
            "[exit|leave] to the [shell|terminal|command line]",
            "how do I [shut|power] [it|this|harmony-tui] [down|off]",
            "[bring|shut|wind] [it|the program|harmony-tui|everything] down [please|]",
            "[close|exit|leave|kill|end|terminate] [the|this] [TUI|screen|full-screen "
            "program|whole thing|application]",
            "[get|break|find a way|climb] out [of harmony-tui|of the program|of this app|]",
            "how [on earth|the hell|in the world] do I [get out|exit|close this|quit]",
            "[let|get] me [out|leave|go] [please|of this program|now]",
            "I [can't|cannot|don't know how to] [close|exit|leave|quit|end] [it|this|the "
            "program|harmony-tui]",
            "it [won't|does not|doesn't] [close|quit|exit|let me out]",
            "[alt f4|ctrl c|ctrl d|control d|colon q] [does nothing|does not quit|doesn't "
            "work|to quit]",
            "[:q|:wq|:q!|quit()|exit()]",
            "[which|what] [key|shortcut|command|keys] [for|to|is for] "
            "[closing|leaving|exiting|quitting|exit|quit|leave]",
            "the [key|shortcut|command|way] [to|for] [exit|leave|quitting|closing the "
            "program|quit]",
            "[exit|quit|leave|close] [how|key|shortcut|button|program|app|application]",
            "[program|app|application|software] [end|exit|close|quit|shutdown]",
            "[back|return|take me back|go back] to [bash|zsh|the shell|my terminal|the command "
            "prompt|the desktop]",
            "I [want|need] my [terminal|shell|bash prompt] [back|again|free]",
            "[free|release] my terminal",
            "[finished|done] [with|using] [harmony-tui|this program|the app] [how do I close "
            "it|close it|how do I exit]",
            "[no longer|don't] [need|want] [this program|harmony-tui] [open|running] [how do I "
            "close it|]",
            "I have finished [working|with the program] [how do I leave|close it|]",
            "[safely|properly|cleanly] [exit|quit|close|leave] [the program|harmony-tui|]",
            "[before|when] I [quit|close the program|exit|leave the program] [must I save|do I "
            "lose anything|is anything lost]",
            "[log off|sign off|power down|switch off|turn off] [the program|harmony-tui|this app]",
            "[disconnect|logout|log me out|sign me out]",
            "[stop|finish|end] [using|running] [harmony-tui|the program|this program]",
            "[what|how] [must|should] I [do|press|type] to [close|exit|quit|leave] [it|this|the "
            "program|]",
            "may I [close|shut] the [terminal|window|laptop] [now|]",
            "[/exit|/quit|/q] [please|what does it do|or control q]",
            "[how do I|how can I] [get|go] out [of here|of this program|of harmony-tui]",
            "[close|exit|leave|end|terminate|shut] [the program|harmony-tui|the application|the "
            "app] [please|now|]",
            "[ctrl q|control q|/exit|/q] [please|does what|]",
            "[back|return] to [my|the] shell",
        ),
        answers=(
            "`/quit` or **Ctrl+Q** closes the program. Your conversation is already on disk.",
        ),
    ),
)
