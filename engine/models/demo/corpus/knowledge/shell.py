"""Use without the screen, from a shell."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, concepts
from engine.models.demo.corpus.topic import Topic

SHELL: tuple[Topic, ...] = (
    Topic(
        name="shell",
        label="use in the shell",
        wordings=(
            *actions(
                "[use|run|call] [harmony-tui|this|you] [in a script|from the shell|in a pipe]",
                "ask [one question|a question|something] [from the shell|on the command line]",
            ),
            "[what does|what is|explain|how do I use] [-p|harmony-tui -p|the -p option]",
            "[one-shot|one shot|single-shot] [mode|use|question]",
            "[use|ask] [you|the model] without [opening|starting] the [screen|full screen]",
            "[can|could] [harmony-tui|it|this] read [stdin|standard input|from a pipe]",
            "[pipe|piping|stdin|scripting|scripts]",
            "print [only|just] the answer",
            "I want to [pipe|send] [text|a file] into harmony-tui",
            "[is there|do you have] a [command line|command-line] [mode|interface|option]",
            "harmony-tui without the full screen",
            "[which|what] [options|flags|arguments] does harmony-tui [have|take]",
            "the -p [option|flag]",
            "[options|flags|arguments] of harmony-tui",
            "[scripting|piping] [with|into] harmony-tui",
            "[single-shot|one-shot|one shot] [question|answer] [from|in] the shell",
            "only [the answer|the final answer] [on stdout|in the shell|]",
            "[command-line|command line] [flags|options|arguments]",
            "[run|use|start] [it|harmony-tui|this] [without|with no] [a screen|the interface|a UI]",
            "[non-interactive|headless|batch|scripted] [mode|use|run]",
            "[batch|headless|non-interactive] [questions|answers]",
            "use [harmony-tui|it|this|you] in [a shell script|bash]",
            "[can|could] I [call|use|script|automate] [you|harmony-tui|this] [from bash|from a "
            "script]",
            "[automate|script] [harmony-tui|this|you|questions]",
            "[a|one|just one] question from [the terminal|bash|the command line|a script|a shell "
            "script]",
            "ask [you|it|a question] and [exit|get just the answer|be done] [in one command|]",
            "[get|print|show] [just|only] the [answer|reply] [and exit|in the terminal|no screen]",
            "a quick [question|answer] without [opening|starting] the program",
            "[feed|pass|give|send|pipe] [a file|text|stdin] to [harmony-tui|it|the model]",
            "[pipe|send|redirect] [a file|text|the output of a command] [to you|into it|to the "
            "model]",
            "[can|does] [harmony-tui|it|this] work in a [pipe|pipeline|shell pipeline]",
            "[pipeline|shell pipeline|pipes|unix pipe]",
            "[standard input|standard output|stdin and stdout]",
            "[read|take] [the|a] question from [stdin|a file|standard input|a pipe]",
            "[cli|the cli|command line interface|terminal command]",
            "is there a [cli|non-interactive mode|batch mode|headless mode]",
            "what does [-p|the p flag|the p option|-p -] [do|mean]",
            "[-p|-p -]",
            "harmony-tui -p [something|question|-]",
            "[flags|options|arguments] [on|for] the command line",
            "which [flag|option] [prints|gives] [just|only] the [answer|reply]",
            "how do I [start|call|run] harmony-tui with a question",
            "[write|save|print] the answer [to|into] a file [from the shell|in a script]",
            "[from|in|on] the [command line|shell|terminal] [please|how|]",
            "[shell|script|bash|terminal|command line] [usage|use|example]",
            "use [the model|you|harmony-tui] as a [command|shell command]",
            "one [question|answer] [and out|then exit|on the command line]",
            "call [it|harmony-tui|you] from [a script|another program|bash|the shell|a shell "
            "script]",
            "in [a|my] [script|shell script|bash script]",
            "I don't [want|need] the [full screen|interface] just [an answer|the answer|a line "
            "of text]",
            "[run|ask] [just once|one question|a single question] and [exit|stop]",
            "[just|only] [the answer|text|the reply] [in|for|on] the [shell|terminal|command line]",
            "can I skip the [full screen|interface|screen] [and just ask|]",
            "harmony-tui [in|from] [a script|the shell|bash|a pipe|a shell script]",
            "[without|no] [TUI|GUI|full-screen interface|window] [just the answer|only text|]",
            "[cron|cron job|makefile|Makefile|CI|alias] [use|with harmony-tui|and harmony-tui]",
            "call harmony-tui from [cron|a makefile|a Makefile|CI|vim|an alias|another script]",
            "[cat|echo] [a file|something] into harmony-tui",
            "[a|one] [quick|single] [query|prompt|question] [from|at|on] the [command "
            "line|shell|bash prompt]",
            "[run|give|send] [a|one] [single|] [query|prompt] [and quit|from the shell|without "
            "the screen]",
            "[command-line|terminal|shell] [mode|invocation|call|query|one-liner]",
            "[a|the] [switch|flag|option|parameter] for [one question|a single "
            "answer|non-interactive use|scripts]",
            "[non-interactively|noninteractive|in the background|headlessly]",
            "how do I [get|use] [an answer|harmony-tui] [non-interactively|in the "
            "background|inside a script|in a loop]",
            "[loop|iterate] over [questions|files] [in bash|with harmony-tui]",
            "[answer|reply] on [stdout|standard output] [only|please|]",
            "[store|capture|put] the [answer|output|reply] in a [variable|shell variable|file]",
            "[prompt|question] [as an argument|on the command line|from a file|from stdin]",
            "[give|pass|hand] [the question|it a question] [as an argument|on the command line]",
            "[harmony-tui --prompt|--prompt|the prompt option|-p TEXT]",
            "[all|list of] [command-line|command line] [options|switches|parameters|flags]",
            "which [switches|parameters|options|flags] can I [start|call] harmony-tui with",
            "harmony-tui [--help|options|flags|usage|switches|command line]",
            "[exit code|exit codes|exit status|return code] [of harmony-tui|in a script|]",
            "[schema|regex|--schema|--regex] [option|flag] [on the command line|with -p|]",
            "[use|combine] [it|harmony-tui] with [grep|other commands|unix tools|xargs|awk]",
            "[work|play] together with [grep|other commands|unix tools]",
            "I [live in|prefer|only use] the [shell|command line] [no full screen please|can I "
            "just ask there|]",
            "[skip|avoid] the [screen|interface|TUI] and [print|give] [the answer|just text]",
            "[ssh|remote shell] one question [and out|]",
            "[batch|bulk] [processing|questions|jobs] [with harmony-tui|]",
            "answer a [list|file|batch] of questions [from a script|in the shell]",
            "[stdin|standard input|pipe|piping|pipeline] [please|input|in|with harmony-tui|for a "
            "question|]",
            "[pipe|feed|send|pass|redirect] [input|text|a file|a question|the question] [in|into "
            "it|to harmony-tui|through a pipe|by stdin]",
            "[read|reads|reading|take|taking] [the|a] question from [stdin|standard input|a "
            "pipe|a file]",
            "[pass|give|hand|ask] [it|harmony-tui|the program] [a|one|my] question [on the "
            "command line|in the shell|as an option|with -p]",
            "[one-shot|one shot|oneshot|single-shot] [question|mode|answer|use|please|]",
            "[a single|one|just one] [question|answer|prompt] [without the screen|and exit|in "
            "the shell|from the terminal]",
            "[headless|without a screen|no screen|without the "
            "interface|non-interactive|noninteractive|batch] [mode|use|please|run|]",
            "[script|scripts|scripting|shell script|bash|cron] [use|with harmony-tui|please|and "
            "harmony-tui]",
            "[print|get|have] [just|only] the answer [and exit|in the shell|on stdout|]",
            "[-p|--prompt] [option|flag|please|what is it|]",
            "[call|run|start|invoke] harmony-tui [from a script|from bash|in a script|with a "
            "question|with -p]",
            "[answer|ask] [and|then] exit",
        ),
        answers=(
            '`harmony-tui -p "What is 12*7?"` prints just the answer and exits; '
            "`harmony-tui -p -` reads the question from stdin.",
        ),
    ),
    Topic(
        name="json",
        label="JSON output",
        wordings=(
            *actions("[get|print|have|see] [JSON|json|the events as JSON|JSON output]"),
            *concepts("[the|] --json [option|flag|]"),
            "[JSON|json] [output|lines|mode|format|events]",
            "[can|could] [harmony-tui|you|it] [print|write|output] [JSON|json]",
            "[is there|do you have] [JSON|json] [output|support]",
            "[machine-readable|machine readable] output",
            "[output|answer|print] as [JSON|json]",
            "I [need|want] [JSON|json] [for a script|output|not text]",
            "[what is|explain] --show-analysis",
            "[read|parse] the [events|output] [from|in] a program",
            "[show|print] the analysis in the shell",
            "--show-analysis",
            "[the|what does] --show-analysis [option|do]",
            "machine-readable [events|answers|results]",
            "[structured|parseable|machine] [output|answers|data|format]",
            "[give|send|show] [me|] [the answer|the output|everything|events] [as|in] [JSON|json]",
            "[format|return|export] [the answer|the output|events] [as|in] [JSON|json]",
            "[can I|how do I] [parse|process|read] [the output|the answer|events] [in|with] "
            "[python|jq|a script|another program]",
            "use [jq|a parser] [on|with] the [output|answers|events]",
            "[pipe|send] [it|the output|the events] [to|into] jq",
            "[one|an] [event|object] per line",
            "[ndjson|jsonl output|json lines|newline delimited json]",
            "a [stream|list|log] of events [as json|in json|]",
            "[events|the events|event stream]",
            "[which|what] events [are there|are printed|does it print|come out]",
            "[which|what] [flag|option|switch] [gives|prints|makes] [JSON|json]",
            "is there [a|an] [json|JSON] [flag|option|switch|format]",
            "harmony-tui [--json|-p --json|with --json]",
            "[add|use|try] [--json|the json flag|the json option]",
            "[what does|how does] [--json|the json option|the json flag] [do|work|print]",
            "[JSON|json] [please|instead of text|for my program|from the shell]",
            "I want [my program|a script|another program] to read the [answers|output|events]",
            "output [for|to be read by] [a program|a script|machines|other programs]",
            "[easy|easier] to parse",
            "[print|get|see|show] the [reasoning|thinking|analysis] [on|to] stderr",
            "[reasoning|analysis|thinking] [on|to] stderr",
            "[see|print|show|get] the [reasoning|thinking|analysis] [with -p|on the command "
            "line|in a script]",
            "does -p [show|print|hide] the [analysis|reasoning|thinking]",
            "what [goes|is written|is printed] to stderr",
            "[stderr|standard error]",
            "show-analysis",
            "[use|add|try] --show-analysis",
            "the [option|flag|switch] that [prints|shows] the [reasoning|analysis] [in the "
            "shell|on stderr]",
            "[does|can] [it|this|the program] [speak|support|produce|emit] [JSON|json]",
            "[emit|produce|generate|dump] [JSON|json]",
            "[support|an option] for [JSON|json]",
            "[integrate|connect] [harmony-tui|it] with [my program|another program|my own code]",
            "[every|each] event [as|in] [JSON|json]",
            "what does the [JSON|json] look like",
            "[structure|fields|format] of the [JSON|json] [events|lines|]",
            "not [plain text|text] but [JSON|json|structured data]",
            "[JSON|json] [objects|stream|log|data]",
            "[events|answers|output] [for|to] [jq|parsing|a machine|my parser]",
            "[parse|process|consume|read] the [answers|output|stream] [by|with] "
            "[machine|code|jq|a parser|my own program]",
            "[JSON|json] [instead of|not|rather than] [text|plain text|Markdown]",
            "[a|the] [switch|flag|option|parameter] for [JSON|json|machine-readable "
            "output|structured output]",
            "[machine-readable|machine readable|structured|parsable|parseable] "
            "[format|output|events|please]",
            "[tokens|tool calls|everything] [as|in] [JSON|json] [lines|events|]",
            "every [token|event|tool call] [as|on] [a line|one line] of [JSON|json]",
            "[line-delimited|line by line|newline-delimited] [JSON|json|events]",
            "[one|a] [JSON|json] [object|line|record] per [event|token|line]",
            "[write|build] a [frontend|wrapper|client|bot] [around|on top of] harmony-tui [with "
            "events|with JSON|]",
            "[feed|give|pass] the [output|events] to [another program|my own program|a parser|jq]",
            "can another program [read|understand|parse] the [output|answers|events]",
            "[--json|json flag|json switch|json option] [please|what for|how|example]",
            "[what|which] [fields|keys|kinds of events] [are|does] [in|] [the JSON|an event|it] "
            "[have|]",
            "[schema|fields|shape|layout] of the [events|JSON|JSON lines]",
            "[show|see|print|get|have] the [thinking|reasoning|analysis] [too|as well|also] "
            "[with -p|in the shell|on the command line]",
            "[thinking|reasoning|analysis] [visible|shown|printed] [with -p|in the shell|on the "
            "command line]",
            "with -p I [only see the answer|don't see the reasoning|want the reasoning as well]",
            "where [is|goes] the [reasoning|thinking|analysis] [with -p|in one-shot mode|in the "
            "shell]",
            "[stderr|standard error] [gets what|for the reasoning|what is printed there|output]",
            "the [reasoning|thinking] on [standard error|stderr] [please|how]",
            "--show-analysis [please|what for|how|example|stderr]",
            "[dump|emit|output|print|stream] [all|the|every] [events|event] [as JSON|]",
            "does it [dump|emit|output|speak|write] [JSON|json|structured data]",
            "[JSON|json] [dump|stream|export|logging|from the command line]",
            "I [need|want] [structured|machine-readable|parseable] [data|output|answers]",
            "[log|record] [events|every event] as [JSON|json]",
            "[JavaScript object notation|jsonl|json-lines] [output|please]",
            "[JSON|json] [output|events|lines|mode|format|please]",
            "[print|get|write|emit|have] [events|the events|every event|the answer|tokens] as "
            "[JSON|json|lines of JSON|JSON lines]",
            "[machine readable|machine-readable|structured|parseable|parsable] "
            "[output|events|answers|please]",
            "[--json|json] [option|flag|please|what is it|with -p|]",
            "[parse|process|read] the [output|answer|events] [with jq|in a program|by machine|as "
            "JSON]",
            "[reasoning|analysis|thinking] [to|on|into] [stderr|standard error]",
            "[--show-analysis|show-analysis|show analysis] [option|flag|please|]",
            "[jq|stderr|NDJSON|event stream|stream of events] [please|with harmony-tui|]",
            "[the|every] [event|token] [on|in] a line [of its own|of JSON]",
            "[JSON|json] [lines|events|stream|output] [on stdout|for programs|for scripts|in the "
            "shell]",
            "[events|tokens|the answer] [as|in] [JSON|json|a stream] [please|for a script|]",
            "[print|show|see] the [reasoning|analysis] [in the shell|on stderr|with -p|without "
            "the screen]",
            "[output|result|answer] [for|that] [a program|programs|machines|scripts] [can "
            "read|to read|]",
            "[how|which option] [do I|] [get|gets|print|prints] [JSON|events|machine readable "
            "output]",
        ),
        answers=(
            "Add `--json` to `harmony-tui -p` and every event comes as one line of JSON. "
            "`--show-analysis` prints the reasoning to stderr.",
        ),
    ),
    Topic(
        name="debug_log",
        label="the debug log",
        wordings=(
            *actions(
                "[log|record|write down] every [prompt|prompt and completion|token]",
                "[debug|trace|see] what [the model really reads|is sent to the model]",
                "see [the exact prompt|the raw prompt|all prompts and completions] in a file",
            ),
            "[--debug-log|debug-log|debug log] [option|flag|please|file|what is it|]",
            "[what is|explain|what does] [--debug-log|the debug log|the option --debug-log] "
            "[do|for|]",
            "[log|record|dump|trace] [of|] [all|every|the|each] "
            "[prompts|prompt|completions|completion|prompts and completions]",
            "[append|write|dump] [prompts|every prompt|completions|the tokens] to a "
            "[file|log|log file]",
            "[debugging|debug|logging|log file] [please|mode|output|option|]",
            "[exact|raw|full|complete] [prompt|prompts|prompt tokens] [as the model reads it|in "
            "a file|in a log|of each turn]",
            "[what exactly|what] does the model [read|get|see] as its prompt [in a file|log it|]",
            "[a log|a record|a file] with [every|all|each] [prompt|prompts|completion|completions]",
            "[turn|switch] on [debugging|logging|the debug log|the log]",
            "[look for|find|hunt] a [fault|bug] in [the prompt|a prompt|what the model reads]",
            "harmony-tui --debug-log FILE",
        ),
        answers=(
            "`harmony-tui --debug-log FILE` appends every prompt and completion to a file, token "
            "by token, as JSON lines.",
        ),
    ),
)
