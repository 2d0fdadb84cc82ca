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
            "[answer|reply] [straight|directly] [in|to] my [terminal|shell] [prompt|]",
            "[fire|shoot|throw] [off|] [one|a single] question [from|at it from] the "
            "[shell|terminal]",
            "[quick|fast] [ask|one-liner] [from|in] [zsh|bash|fish|the terminal]",
            "[zsh|fish|powershell|bash] [one-liner|alias|function] [for a question|for "
            "harmony-tui]",
            "[alias|shell function] [that asks the model|for one question|to ask you]",
            "[wrap|put] [it|harmony-tui] in a [shell function|bash script|makefile]",
            "[subprocess|os.system|popen] [call of harmony-tui|with harmony-tui|and harmony-tui]",
            "[call|spawn] harmony-tui [as a subprocess|from python|from node|from my editor]",
            "[git|git log|ls|cat|curl|grep] output [into|piped to|through] [harmony-tui|the model]",
            "[summarise|summarize|explain] [a file|a log|git diff] [by|through] a pipe [into "
            "harmony-tui|]",
            "[git diff|cat file|echo hi] [|piped] to harmony-tui [-p|-p -|how]",
            "[question|prompt] [comes|came|read] [from|by] [stdin|standard in|a pipe|a heredoc]",
            "[heredoc|here document|here-string] [into harmony-tui|as the question]",
            "the [dash|minus|hyphen] after -p",
            "what is the [dash|hyphen|minus] in harmony-tui -p -",
            "[plain|bare|raw] [answer|text|reply] [to|on] [stdout|the terminal|standard out] "
            "[only|]",
            "[stdout|standard out] [only|gets the answer|please]",
            "[no|without] [curses|textual|fullscreen|full screen|panes] [just|only] "
            "[print|stdout|the reply]",
            "[don't|do not] [open|start|show] the [screen|TUI|full screen] [just print|print the "
            "answer|]",
            "[skip|bypass|avoid] the [TUI|full-screen program|panes] [for one question|]",
            "[ask|query] [once|one thing] and [quit|leave|be gone|terminate] [from the "
            "terminal|on the command line]",
            "[question in|ask] answer out [and done|then quit]",
            "[use|works] [it|harmony-tui] like [a unix tool|a filter|grep|sed|a command]",
            "[unix filter|unix tool|unixy|filter program] [use|mode|possible]",
            "is [it|harmony-tui] [pipeable|scriptable|script friendly|usable in scripts]",
            "[pipeable|scriptable|scripting friendly]",
            "[nightly|scheduled|cron|unattended] [job|run|question] [with harmony-tui|for "
            "harmony-tui]",
            "[unattended|hands-free|scheduled] [use|runs] in the shell",
            "[github actions|a CI job|jenkins|a git hook] [calls|with|runs] harmony-tui",
            "[git hook|pre-commit hook|commit message] [with|by] harmony-tui [-p|]",
            "[for|while] loop [over|with] [questions|files] [calling harmony-tui|and harmony-tui "
            "-p]",
            "[hundred|many|several] [questions|prompts] [from a file|one after the other] by "
            "[script|harmony-tui -p]",
            "[dollar|backtick|$()] [substitution|variable] with the [answer|reply] of harmony-tui",
            "[answer|reply] into a [shell variable|bash variable|text file] [how|]",
            "[redirect|send|save] [stdout|the printed answer] [to|into] a file [from the shell|]",
            "[print|printing] [mode|option] [like -p|of harmony-tui|]",
            "the [print|prompt] [switch|flag|option] [please|]",
            "[p|minus p|dash p] [flag|switch|option] [please|what does it do|]",
            "[over|via|through] ssh [just|only] [one answer|a question|a single prompt] [no "
            "screen|]",
            "my terminal [can't|cannot] [show|draw] the [full screen|TUI] [can I ask in the "
            "shell|]",
            "[dumb|serial|plain] terminal [no full screen|just the answer|one question]",
            "[emacs|vim|neovim|editor] [calls|filter|bang command] harmony-tui [-p|]",
            "[launch|execute|invoke] [it|harmony-tui] [with|on] [a prompt|a question|one prompt] "
            "[as argument|in quotes]",
            "[question|prompt] in [quotes|quotation marks] after [-p|harmony-tui -p]",
            "[ask from|use from|answer in] the [shell|terminal] [not the screen|]",
            "[answers|results] [for|in] [shell|bash] [scripts|loops|pipelines]",
            "[give|want|need] [it|the answer] [printed|on stdout] then [back to my "
            "prompt|exit|the shell]",
            'what [does|goes in] harmony-tui -p [print|"hello"|"..."]',
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
            "[computer|program|script] [readable|parsable|friendly] [output|format|answers]",
            "[pydantic|typescript|a python program] [reads|wants|to read] the [events|output|JSON]",
            "[deserialise|deserialize|json.loads|decode] the [output|events|answer]",
            "[serialise|serialize|encode] the [output|events|answer] [as JSON|]",
            "[json.loads|JSON.parse|jq] [on|per|for] [each line|every line|the output]",
            "[jq|python] [filter|script|snippet] for [the events|harmony-tui --json|the JSON "
            "lines]",
            "[one|each|every] [record|line|object] [is|as] [an event|valid JSON|JSON]",
            "[curly braces|key value pairs|key-value] [output|instead of text]",
            "not prose [but|] [JSON|data|structured events]",
            "[data|objects|records] not [prose|plain words] [from the shell|with -p|]",
            "[live|streaming|streamed] [events|JSON] [while it answers|from -p|token by token]",
            "[stream|get] [tokens|deltas|events] [live|as they come] [as JSON|in JSON]",
            "[delta|token|final|call] events [in the JSON|in --json|]",
            "[tool calls|calculator calls] [in|inside|as] the [JSON|event stream|JSON lines]",
            "[how|where] are tool calls [shown|reported|given] [in|with] --json",
            "[what|which] [types|kinds|sorts] of [events|JSON lines] [exist|come out|are emitted]",
            "[last|first|final] [event|line] of the [JSON|stream] [what is it|holds what|]",
            "[stats|statistics|timings|token counts] [as|in] [the|] JSON [events|]",
            "[-p|-p with] --json [example|together|combined|please]",
            'harmony-tui -p "hi" --json',
            "[add|append|tack on] --json [to -p|to the command|what happens]",
            "[is|does] --json [work without|only for|usable without] -p",
            "[json|JSON] [mode|flag] of -p [on|please|what comes out]",
            "[produce|spit out|write|deliver] [JSON|structured data|JSON objects] [on the command "
            "line|to stdout]",
            "[electron|web|slack|discord] [app|bot|frontend] [reading|on] [the "
            "JSON|events|--json] of harmony-tui",
            "[my|a] [bot|wrapper|plugin|web app] [wants|needs] [JSON|events|structured output] "
            "from harmony-tui",
            "[ndjson|jsonlines|jsonl|json lines] [mode|please|from -p|on stdout]",
            "[dict|dictionary|hash] [per|for every] [event|token] [as JSON|]",
            "[document|describe|explain] the [JSON|event] [format|fields|stream]",
            "[key|keys|field|fields|names] in [each|the|an] [event|JSON line]",
            "[pretty|pretty-print|indent|colour] the [JSON|JSON lines|events]",
            "[log|monitoring|pipeline] [tool|system] [wants|needs|eats] [JSON|events] [from -p|]",
            "[thoughts|reasoning|analysis|chain of thought] [with|in] -p [visible|printed|shown] "
            "[how|]",
            "[chain of thought|its thoughts|thinking] [to|on] [stderr|standard error]",
            "[hide|separate|split] the [reasoning|analysis] [from the answer|] [with stderr|on "
            "stderr|in -p]",
            "[2>|2>/dev/null|redirect stderr] [for the reasoning|and the analysis|with "
            "--show-analysis]",
            "[-p|one-shot] [hides|swallows|omits|drops] the [analysis|reasoning|thinking] [how do "
            "I see it|]",
            "[let me see|I want] the [thoughts|thinking|reasoning] [with|when I use] -p",
            "[also|too] [print|show] [what it thinks|the thinking] [in the shell|with -p|on "
            "stderr]",
            "[show analysis|show-analysis|--show-analysis] [flag|switch|on the command line|to "
            "which stream]",
            "[does|will] --show-analysis [go to|print on|write to] [stderr|stdout]",
            "[thinking|analysis|reasoning] [mixed up|not mixed] with the answer [on stdout|in "
            "-p|in the pipe]",
            "[which|what] [switch|flag] [shows|prints] the [thinking|chain of thought|reasoning] "
            "with -p",
            "[json|JSON] for [machines|tooling|automation|integration] [how|please|]",
            "[tooling|automation|integration] [by|through|via] JSON [events|lines]",
            "[extract|pick out|get at] [the answer|a field|the final text] [with jq|from the "
            "JSON|from the events]",
            "[return|reply|respond|answer] [with|in] [JSON events|a JSON stream|JSON lines]",
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
            "[debug log|debug-log|debuglog] [where|how|on|off|please|to which file]",
            "[log|logging] [to a file|of everything sent to the model|of prompts and completions]",
            "[keep|make|write] a [debug log|trace] [of everything the model reads|of each round|]",
            "[a|the] [trace|transcript] of [the raw prompts|all prompt tokens|what the engine "
            "feeds the model]",
            "[see|know|check] what [text|tokens] [really|actually] [reach|go into|go to] the "
            "model [log it|in a log]",
            "[what|everything that] [really|actually] [goes|is fed] into the model [as a "
            "log|written to a file|log it]",
            "[inspect|examine|check|study] the [rendered|raw|real|full] prompt [in a file|of "
            "every turn|by log]",
            "[rendered|assembled|final|formatted] prompt [log|to a file|written out|dump]",
            "[prompt|completion|prompts] [dump|dumps|dumping|log|logging|trace|tracing|recorder]",
            "[dump|spool|spill] [the|all] [prompts|completions|prompt tokens] [to disk|to a "
            "file|in a log]",
            "[log|trace|record] [all|everything] [the model reads|the model samples|it reads and "
            "writes]",
            "[token ids|ids] [and text|] of [every|each] [prompt|completion] [in a "
            "file|logged|log]",
            "[log|write out] [token ids|the ids] of [prompts|completions|every round]",
            "[JSON lines|jsonl] [log|file] of [prompts|completions|every prompt|rounds]",
            "[every|each] round [as a line|logged|written] in the [debug log|debug file|log]",
            "[harmony-tui|start it|run it] with [--debug-log|a debug log|prompt logging]",
            "[start|launch|run] [harmony-tui|the program] [in debug mode|with debugging|with a "
            "debug file]",
            "[debug|debugging|diagnostic|verbose] [mode|flag|switch|output] [to a file|of the "
            "model]",
            "[verbose|detailed|low-level] [log|logging|logs] [please|of the model's input|of "
            "prompts]",
            "[/debug|/debug on|the debug command|slash debug]",
            "[what does|explain|what is] [/debug|/debug on|the debug command] [do|for|]",
            "[switch|turn] [prompt logging|the debug log|debugging] [on|off]",
            "[enable|activate|disable|start|stop] [prompt logging|the debug log|debug logging]",
            "[where|in which file] [is|are|do I find] the debug [log|logs|file|output]",
            "[name|path|place|location] of the debug [log|file]",
            "[which|what] [flag|option|switch] [logs|records|dumps|writes down] [prompts|the "
            "prompts|what the model reads]",
            "[option|flag|switch] [for|to] [logging|tracing|recording] [prompts|completions|the "
            "raw input]",
            "I [suspect|think|fear] the prompt is [wrong|broken|garbled] [how do I see it|log "
            "it|can I dump it]",
            "[is my|the] system prompt [really|] [sent|in the prompt] [how do I verify|check in a "
            "log|log]",
            "[verify|prove|check|make sure] [what is sent|what the prompt holds|the prompt is "
            "right] [by a log|in a log]",
            "[I'm|I am] [debugging|troubleshooting|analysing] the [prompts|prompt format|chat "
            "template]",
            "[troubleshoot|debug|diagnose] [a prompt|the prompts|the template|the chat template]",
            "[chat template|harmony prompt|template] [wrong|broken|as sent] [log it|see it in a "
            "file|debug log]",
            "[hidden|secret|invisible] [parts of the prompt|prompt text] [see it in a "
            "log|log|dump them]",
            "[nothing hidden|unabridged|uncut|unfiltered] [prompt log|log of prompts|log of what "
            "the model reads]",
            "[wire|wiretap|sniff|eavesdrop on] [log|the prompts|what the model gets]",
            "[tap|tap into|listen in on] the [prompts|model's input] [with a log|log file|]",
            "[behind the scenes|under the hood] [log|prompts in a file|dump of prompts]",
            "[append|add] [each|every] [completion|prompt] to [a log|the log|my file]",
            "[does|will] the debug log [append|overwrite|grow|get big|get large]",
            "[is|does] the debug log [overwritten|appended to|rotated|cleared] [at each start|]",
            "how [big|large|long] [is|gets|does] the debug log [get|]",
            "[is|are] [private things|my words|my messages] in the debug log",
            "the debug log [is private|holds what|contains what|what is in it]",
            "what [is|stands|can I read] in the debug log [file|]",
            "[what|which] [format|fields|form] does the debug log have",
            "[format|contents|structure|lines|entries] of the debug [log|file]",
            "[read|open|parse|understand|follow] the debug log [file|how|with jq]",
            "[tail|tail -f|follow|watch] the [debug log|prompt log|log of prompts]",
            "[log|logs|a log file] for a [bug report|developer|maintainer] [with the prompts|of "
            "what the model read]",
            "[attach|send|include] [the prompts|a debug log|prompts and completions] to a bug "
            "report",
            "[developer|dev|engineer's] [log|logs|trace] [of prompts|of rounds|please]",
            "[log level|loglevel|--log|--trace] [of harmony-tui|for prompts|for completions]",
            "is there a [log|logfile|trace|protocol] of [what goes to the model|prompts|each "
            "prompt]",
            "[protocol|minutes|record] of [all prompts|prompts and completions|what the model "
            "read]",
            "[record|capture|save] the [model's input|raw input and output|input tokens and "
            "output tokens]",
            "[input|inputs] and [output|outputs] of the model [in a log|logged|token by token in "
            "a file]",
            "[input and output tokens|in and out tokens|tokens in and out] [logged|log|to a file]",
            "[raw|exact|unprocessed] [completions|completion|output tokens|model output] [in a "
            "file|log|logged]",
            "[special|control|harmony] tokens [of the prompt|as sent] [logged|in a log file|in "
            "the debug log]",
            "[log|see in a log] the [special|control] tokens [the model reads|of each prompt]",
            "[trace|log] [a|one|the whole] [session|run] [down to the tokens|on token level|at "
            "token level]",
            "[token level|token-level|fine-grained] [log|logging|trace|tracing]",
            "I [want|need|would like] a [debug log|log of every prompt|trace of the "
            "prompts|prompt log]",
            "[give|get|write|make] me a [debug log|trace file|prompt log|log of all prompts]",
            "[can|could] [you|it|harmony-tui] [log|trace|dump] [its|the] [prompts|completions|raw "
            "prompts]",
            "[does|can] [it|harmony-tui|the program] [keep|write|have] a [debug log|prompt "
            "log|trace file]",
            "[how|where] do I [get|start|find|enable] the [debug log|prompt log|trace of prompts]",
            "[how|what] to [log|trace|record] [prompts|completions|what the model gets]",
            "[log|trace|debug] file [for|of|with] [prompts|completions|the model's rounds]",
            "[audit|auditing|inspect] [of|] [every prompt|the prompts|prompts and completions] "
            "[in a file|log|]",
            "audit [log|trail] of [prompts|everything the model read|completions]",
            "[researcher|for research|for my thesis] I need [every prompt|all completions] "
            "[logged|in a file]",
            "[compare|diff] [the prompts of two turns|two prompts] [in the debug log|from a log]",
            "[why|find out why] the model [misread|misunderstood] [my prompt|the prompt] [by "
            "log|in the debug log]",
            "--debug-log [FILE|path|prompts.jsonl|where|how|example|syntax]",
            "[--debug-log|debug log] and [privacy|secrets|size|format|/debug]",
            "harmony-tui [--debug-log log.jsonl|-p --debug-log FILE|--debug-log]",
            "[logged|recorded|traced] [prompts|completions|rounds] [where|in which file|please]",
            "[stop|quit|end] [logging|tracing|recording] [the prompts|prompts|what the model "
            "reads]",
            "[engine|model] [log|trace|logs] [file|with tokens|of each round|please]",
        ),
        answers=(
            "`harmony-tui --debug-log FILE` appends every prompt and completion to a file, token "
            "by token, as JSON lines.",
        ),
    ),
)
