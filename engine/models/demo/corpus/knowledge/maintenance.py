"""Looking after models, the installation and the cache on disk."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, command, concepts
from engine.models.demo.corpus.topic import Topic

MAINTENANCE: tuple[Topic, ...] = (
    Topic(
        name="inspect",
        label="models inspect",
        wordings=(
            *command("[harmony-tui models inspect|models inspect]"),
            *actions(
                "inspect a [model|model folder|checkpoint]",
                "[see|find out|learn] what a model costs to run",
                "inspect [the bundled model|gpt-oss-20b|a downloaded model] [before loading it|]",
            ),
            "[inspect|inspecting] [a model|models|the model|a checkpoint]",
            "which [command|subcommand] [inspects|examines] a [model|checkpoint]",
            "what does [a model|this model|gpt-oss-20b] cost to run",
            "[the|] cost of running [a model|gpt-oss-20b|a checkpoint]",
            "how much does it cost to run a model [inspect it|per token|]",
            "[the|what are the] [details|facts] of a [checkpoint|model folder]",
            "[examine|inspect] [a checkpoint|a model|a model folder] [from|in] the shell",
            "[the|] models [subcommand|inspect subcommand|inspect command]",
            "how fast can a model be at most on my [memory|machine] [inspect|]",
            "[inspect|models inspect] [--bandwidth|--json|with a bandwidth]",
            "[the|what is the] --bandwidth [option|flag]",
            "[say|tell me] what [a model|a checkpoint] is and what it costs [to run|]",
            "what [is|kind of model is] in [a|this|my] [model folder|checkpoint|folder with "
            "weights]",
            "[look|peek] [into|inside|at] a [checkpoint|model folder|model file]",
            "I want to [look|peek] [into|inside|at] [a checkpoint|a model folder|a model before "
            "loading it]",
            "[show|list|print] the [architecture|layers|details|facts|data] of a "
            "[checkpoint|model folder|model]",
            "[show|print|tell] me [what|everything] a [checkpoint|model folder] [holds|contains]",
            "what does a [checkpoint|model folder] [hold|contain|consist of]",
            "what [can|does] [inspect|models inspect] [tell me|show|print|say]",
            "[examine|analyse|analyze|study|check] a [checkpoint|model folder|downloaded model]",
            "how do I [examine|analyse|analyze|study|look at] a [checkpoint|model "
            "folder|downloaded model]",
            "[before|without] loading [a model|it|the model] [look at it|what does it cost|how "
            "do I see what it is]",
            "find out about a model [before loading it|without loading it]",
            "a [summary|description|report|breakdown|overview] of a [checkpoint|model "
            "folder|downloaded model]",
            "[describe|summarise|summarize] a [checkpoint|model folder|downloaded model]",
            "[information|info|facts|data|details] [on|about] a [checkpoint|model "
            "folder|downloaded model]",
            "model [info|information|details|facts|inspection|report] [in the shell|from the "
            "shell|command]",
            "the [inspect|inspection] [subcommand|command|tool]",
            "inspect [subcommand|command|NAME|please|how]",
            "run [inspect|models inspect] [on|for] [a folder|gpt-oss-20b|my model|the bundled "
            "model]",
            "harmony-tui models [inspect|inspect demo|inspect gpt-oss-20b|]",
            "models inspect [gpt-oss-20b|openai/gpt-oss-20b|my folder|demo]",
            "[what|how much] [would|will|does] [a model|gpt-oss-20b|this checkpoint|it] cost "
            "[me|] to run",
            "what are the running costs of [a model|gpt-oss-20b|a checkpoint]",
            "[running|run] costs [of a model|of gpt-oss-20b|of a checkpoint]",
            "the [costs|price|cost] of [running|decoding with] [a model|this model|a checkpoint]",
            "what does a token cost [to decode|with this model|in bytes|on my machine]",
            "bytes [read|moved] per token",
            "how many bytes [are|does a model] read per token",
            "how [expensive|costly|cheap] is [a model|a checkpoint|gpt-oss-20b] to run",
            "is [a model|this checkpoint|gpt-oss-20b] [expensive|costly|cheap] to run",
            "[estimate|work out|predict|calculate] what a [model|checkpoint] [costs|will cost] "
            "[to run|]",
            "[estimate|predict|work out] the [decoding speed|speed limit|highest speed] of a "
            "[model|checkpoint]",
            "the [highest|theoretical|best possible|maximum] [decoding|] speed of a "
            "[model|checkpoint] [for a bandwidth|]",
            "how fast [can|could|would] [decoding|a checkpoint] be at [most|best] [with my "
            "bandwidth|]",
            "memory bandwidth and [decoding speed|decoding|a model's speed]",
            "what does my memory bandwidth [allow|mean for a model]",
            "bandwidth of [my|the] memory [and decoding|how fast can it be|]",
            "[--bandwidth|bandwidth] [400|100|in GB per second|option|for inspect]",
            "which [subcommand|command] [describes|analyses|analyzes|summarises] a "
            "[model|checkpoint|model folder]",
            "which [subcommand|command] tells me what a model [is|costs|costs to run]",
            "which command shows the [costs|details|facts] of a [model|checkpoint]",
            "[is there|do you have] a [subcommand|command|tool] [to inspect|for inspecting] "
            "[models|checkpoints|a model]",
            "inspecting [checkpoints|model folders|a downloaded model|gpt-oss-20b]",
            "inspection of [a model|a checkpoint|models|model folders]",
            "[a model's|a checkpoint's] [details|costs|facts|inspection]",
            "[take|have] a [closer look|look] at a [checkpoint|model folder|downloaded model]",
            "a closer look at a [model|checkpoint|model folder]",
            "can I [inspect|examine|analyse] [a model|checkpoints|a folder] [in the "
            "shell|without loading it|]",
            "can harmony-tui [inspect|examine|describe|analyse] a [model|checkpoint|model folder]",
            "does inspect [load|run|start|need] the model",
            "inspect without a name",
            "what happens if I inspect without a name",
            "inspect the [bundled|demo] model",
            "I [downloaded|have|got] a [checkpoint|folder] and want to know what [is in it|it "
            "is|it costs to run]",
            "what sort of checkpoint [is this|do I have|did I download]",
            "[which|what] architecture [does|has] [this|a|my] [checkpoint|folder|downloaded "
            "model] [have|]",
            "how [do I find out|can I see|do I learn] what a [model|checkpoint] costs to run",
            "is [this|my] [folder|checkpoint] a [valid|proper|usable] [model|checkpoint]",
            "models subcommand [please|help|what is it|]",
            "the models inspect [output|options|result|flags]",
            "inspect as JSON",
            "[inspect|examine|analyse] [NAME|checkpoint|safetensors|weights] [before loading|in "
            "the shell|]",
            "[what does it cost|cost|costs] to run [this|a|my] [checkpoint|model|folder]",
            "[model|checkpoint] [inspection|inspector|report|summary|facts|anatomy]",
            "[layers|experts|shapes|parameters] of a [checkpoint|model folder|downloaded model] "
            "[inspect|shown in the shell|]",
            "[let|have] harmony-tui [inspect|examine|describe] [a checkpoint|a folder|the "
            "bundled model]",
            "what [sort|kind|type] of model [lies|is] in [this|that|my|the] folder",
            "[analyse|analyze|dissect|probe] a [checkpoint|model folder|safetensors file]",
            "what does [one|a] token [cost|take] [in bytes|in memory] with [this|my] checkpoint",
            "[how many bytes|how much memory] does [a|each] token [cost|need] in [the|a] "
            "[checkpoint|model] I downloaded",
            "[byte|memory] cost [per|of each|of a] token [of a model|of a checkpoint]",
            "tell me the [anatomy|structure|make-up|ingredients] of a [checkpoint|model folder]",
            "[facts|figures|key data|specs|specifications] [of|about] a [downloaded "
            "model|checkpoint|model folder]",
            "[size up|look into|peek into|look inside] a [checkpoint|model folder|downloaded "
            "model]",
            "[running cost|running costs|requirements] of a [checkpoint|downloaded model]",
            "what would [it|this checkpoint|a downloaded model] [need|cost] before I "
            "[load|open] it",
            "[describe|summarise] [the|a] [checkpoint|model folder|downloaded model] [in the "
            "shell|]",
            "which [shell command|subcommand] [describes|analyses|summarises] a [model|checkpoint]",
            "harmony-tui models inspect [gpt-oss-20b|NAME|demo|folder|]",
            "models inspect [please|usage|what is printed|]",
            "[find out|learn|know] what [a|my|this] [checkpoint|model folder] [is made "
            "of|contains]",
            "[config.json|safetensors] [summary|details|report] of a [model|checkpoint]",
            "I want a [report|summary] [of|on] a [downloaded model|checkpoint]",
            "will [this|a|my] checkpoint fit [before I load it|check it in the shell]",
            "[examine|study|scrutinise] [the|a] [checkpoint|downloaded weights|model folder]",
            "[tensor|tensors|quantisation|layers] [list|details] of a [checkpoint|model folder]",
            "[price|cost] of running a [checkpoint|downloaded model] [in memory|in bytes|]",
            "[check|vet] a [checkpoint|model folder] [before loading|before use]",
            "[models|model] inspector [in the shell|please|]",
            "inspecting [the bundled model|weights on my disk|a safetensors folder]",
            "how [heavy|costly|expensive] is [a|this|my] checkpoint to run",
            "[memory|bytes] per token of [a checkpoint|a downloaded model]",
            "[appraise|assess|evaluate] a [checkpoint|model folder] [before loading it|]",
        ),
        answers=(
            "`harmony-tui models inspect NAME` says what a model is and what it costs to run. "
            "Without a name it looks at the bundled one.",
        ),
    ),
    Topic(
        name="doctor",
        label="harmony-tui doctor",
        wordings=(
            *command("[harmony-tui doctor|harmony doctor]"),
            *actions(
                "[check|examine|diagnose|test] [my|the|this] installation",
                "[find out|see] what is wrong with [my|the|this] [installation|machine|setup]",
                "[diagnose|find] [a problem|problems|errors] with [the|my] [installation|setup]",
            ),
            "is my [installation|setup] [okay|complete|correct|broken|healthy]",
            "is [something|anything] wrong with [my|the] [installation|setup|machine]",
            "[check|examine|diagnose] [my|the|this] [machine|installation|setup] [please|]",
            "[diagnosis|diagnostics|self test|health check]",
            "[a|the] [diagnosis|check|health check] of [my|the] [installation|machine|setup]",
            "which [command|subcommand] [checks|examines|diagnoses] the [installation|setup]",
            "[the|my] [installation|setup] is [broken|not complete] [how do I check it|]",
            "the doctor [of|in] [harmony-tui|this program]",
            "[run|start|use] [harmony-tui doctor|the doctor subcommand]",
            "[is there|does harmony-tui have] a [doctor|doctor subcommand|health check|diagnosis]",
            "[something|a part] of the installation [is missing|cannot be imported]",
            "[something|nothing] [works|is right] after [the installation|installing|the upgrade]",
            "my [installation|install|setup] [seems|looks|might be] "
            "[broken|faulty|damaged|incomplete]",
            "is the [install|installation|setup] [fine|intact|damaged|faulty|in order]",
            "how do I [know|tell|find out] if [everything|harmony-tui|it] is installed "
            "[correctly|properly|right]",
            "is [everything|harmony-tui|it all|MLX] installed [correctly|properly|right]",
            "was [it|everything|harmony-tui] installed [correctly|properly]",
            "did the installation [work|go well|fail|succeed]",
            "[verify|validate|test|check|examine] [that everything is installed|the install|my "
            "install|the setup]",
            "[troubleshoot|troubleshooting|debug] [my|the|this] "
            "[installation|setup|install|machine]",
            "troubleshooting [please|help|guide|tool|command|]",
            "[trouble|problems] with [the|my] [installation|install|setup]",
            "I have [trouble|problems|issues] with [the|my] [installation|install|setup|machine]",
            "the [installation|install|setup] [fails|failed|does not work|gives errors]",
            "MLX [is not found|cannot be imported|does not import|is missing|won't load]",
            "a [library|package|dependency|module] is [missing|not installed|not found]",
            "[missing|broken] [dependencies|packages|libraries|modules]",
            "are all [dependencies|packages|libraries] [there|installed|present]",
            "import error [what now|what do I do|at start|]",
            "what does harmony-tui need that is [missing|not there] on [my|this] machine",
            "which part of the [installation|setup] is [missing|broken|wrong]",
            "find out why [harmony-tui|the program|it] does not [start|run] [on my machine|here|]",
            "[harmony-tui|the program] [won't|does not] start on [my|another] [machine|computer]",
            "[won't|does not] start after [installing|the installation|an upgrade]",
            "is my [machine|computer|system] [okay|ready|set up right|suitable|in order] for "
            "harmony-tui",
            "is [this|my] [machine|computer|system] set up [correctly|properly|right]",
            "[check|examine|diagnose|inspect|test] my [system|computer|environment]",
            "[system|environment|machine|setup|installation] [check|diagnosis|test|checkup]",
            "a [system|machine|setup|installation] [check|test|checkup|diagnosis]",
            "[checkup|check-up|self-test|selftest|sanity check]",
            "run a [self test|self-test|checkup|diagnosis|health check|sanity check]",
            "do a [self test|checkup|diagnosis|health check] [please|]",
            "the program that [checks|examines|diagnoses] [my machine|the installation|itself]",
            "[can|does] harmony-tui [check|examine|diagnose|test] [itself|its own "
            "installation|my machine]",
            "[can|could] you [check|diagnose|examine] [my installation|my setup|this machine]",
            "which [command|subcommand|tool] [finds|looks for|reports] [problems|what is "
            "wrong|faults] [with the installation|on my machine|]",
            "which [command|subcommand] do I run when [the installation is broken|something is "
            "wrong with the setup]",
            "[find|look for|search for] [faults|problems|what is wrong] [with|in] [my|the] "
            "[installation|setup|machine]",
            "what is wrong with [my|this] [installation|install|setup|machine|computer]",
            "what is the matter with my [installation|setup|machine]",
            "[repair|fix|mend] [my|the] [installation|install|setup]",
            "how do I [repair|fix|mend] [my|a broken|the] [installation|install|setup]",
            "who [helps|can help] with a broken [installation|install|setup]",
            "[call|ask|see] the doctor [of harmony-tui|for my installation|subcommand]",
            "what does the doctor [check|look at|examine|find|say] [in harmony-tui|on my machine|]",
            "what does the doctor [subcommand|command] [check|do|look for|print]",
            "doctor [subcommand|command] [please|what is it|]",
            "[harmony-tui|harmony] doctor [please|how|in the shell|output]",
            "[is there|do you have] a [diagnostic|diagnostics|troubleshooting|self-test] "
            "[tool|command|mode]",
            "[a|the] [diagnostic|diagnostics|troubleshooting] [tool|command|mode|report]",
            "a report [on|about] [my|the] [installation|machine|setup]",
            "before I [report a bug|ask for help] how do I check my [installation|setup]",
            "is [the terminal|my terminal|Python|my Python|the driver] [suitable|good "
            "enough|supported|right] for harmony-tui",
            "does my terminal support [everything|what harmony-tui needs|all colours it needs]",
            "[installation|setup|install] [health|problems|issues|trouble|errors|faults]",
            "is [harmony-tui|the program|my setup] [healthy|in good health|sick]",
            "health of [my|the] [installation|setup|install]",
            "something [seems|is] [off|odd|wrong] with [my|the] [installation|install|setup]",
            "I think [my|the] [installation|install|setup] is [broken|incomplete|wrong|damaged]",
            "[reinstall|reinstalled] and still [errors|broken] [how do I check|what is wrong "
            "with the setup|]",
            "a quick way to [check|test|verify] the [installation|setup|install]",
            "it worked on my other [machine|computer] but the installation here [fails|is broken]",
            "[doctor|harmony-tui doctor] [please|command|subcommand|what is it|]",
            "[check|examine|test|diagnose] [the|my] [installation|machine|setup|system] [please|]",
            "[something|what] is wrong with [the|my] [installation|machine|setup]",
            "[installation|setup] [broken|problem|problems|check|trouble|diagnosis]",
            "[diagnose|diagnosis|diagnostics|troubleshoot|troubleshooting|self-test|health "
            "check] [please|of the installation|]",
            "[pip|uv] installed it but [it crashes at once|nothing starts|it will not launch]",
            "harmony-tui [crashes|dies|fails] [at start|on launch|on startup|right away]",
            "[after|since] the [update|upgrade] [harmony-tui does not start|the installation "
            "is broken]",
            "[examine|inspect] my [setup|environment] for [faults|mistakes|errors]",
            "[something|what] did I install [wrong|badly]",
            "[ModuleNotFoundError|ImportError|import fails|no module named mlx] [at "
            "start|what now|]",
            "[is|are] [all requirements|the prerequisites|the dependencies] "
            "[met|satisfied|installed]",
            "which [dependency|library|package] [is lacking|do I lack|fails]",
            "[self check|self-check|self diagnosis|health report] [of the program|please|]",
            "does harmony-tui [run properly|work correctly] on this [computer|machine] [how "
            "do I check|]",
            "[verify|confirm] that my [machine|computer] is [ready|suitable|set up] [for "
            "harmony-tui|]",
            "[sick|ailing|broken|faulty] installation",
            "the [GPU|graphics driver] is [not found|not detected|missing] [by harmony-tui|]",
            "[MLX|mlx] [crashes|is broken|fails to import|is not installed]",
            "[tool|command] that [tells|says|reports] what is [wrong|missing] [in my "
            "setup|with my install]",
            "[harmony-tui is|the app is] [misbehaving|acting up] [since I installed it|is the "
            "setup wrong]",
            "[environment|install] [problem|issue|fault] [finder|check|report]",
            "how [can|do] I [troubleshoot|debug] a [failed|bad|broken] [install|installation]",
            "[look|search] for [installation errors|setup problems|what is missing on my machine]",
            "[the install|installing] [went wrong|broke|messed up] [what is missing|]",
            "give my [installation|setup] a [checkup|once-over|health check]",
            "are my [drivers|Python version|libraries] [okay|good enough|recent enough] for "
            "harmony-tui",
            "[doctor|the doctor] [in the shell|says what|please|checks what]",
            "[diagnosing|troubleshooting|verifying] the [install|setup|installation]",
            "what does my [installation|setup] lack",
            "[detect|spot|identify] [faults|errors] in my [setup|installation]",
            "[installation|setup] [okay|fine|sound] or not",
        ),
        answers=(
            "`harmony-tui doctor` looks for what is wrong with this machine or the installation, "
            "and says what to do about it.",
        ),
    ),
    Topic(
        name="disk_cache",
        label="the cache on disk",
        wordings=(
            *concepts("[the|] [disk cache|cache on disk|cache folder]"),
            *command("[harmony-tui cache list|cache list|harmony-tui cache clear|cache clear]"),
            *command("[--no-cache|harmony-tui --no-cache]"),
            *actions(
                "[clear|delete|empty] the [disk cache|cache on disk|cache folder]",
                "[list|see|show] what is in the [disk cache|cache on disk|cache folder]",
                "[turn off|switch off|disable] the [disk cache|cache on disk]",
            ),
            "[clear|delete|empty|wipe] the cache [on disk|folder]",
            "[list|show|see] the cache [on disk|folder]",
            "[the|] cache [subcommand|subcommands]",
            "cache [list|clear] [subcommand|command|]",
            "[start|run|use] harmony-tui [without|with no] [disk cache|cache on disk]",
            "[keep|store] nothing of the cache on disk",
            "how [big|large] is the [disk cache|cache on disk|cache folder]",
            "where is the [disk cache|cache folder|cache on disk]",
            "what [is kept|do you keep|is stored] [in the disk cache|in the cache folder]",
            "is [the cache|what the model has read] [kept|stored] on disk",
            "is what the model has read kept [after a restart|on disk]",
            "must the model read [everything|the conversation] again after a restart",
            "[delete|clear|remove] what the model has read [from disk|on disk]",
            "[the|what is the] no-cache [option|flag]",
            "disk_cache [true|false|setting]",
            "[what|how much] [does|is] [it|harmony-tui|the cache] [keep|kept|store|stored] [of "
            "the conversation|] [in the cache|] on disk",
            "[the|a] cache [files|folder|directory|file|on my disk|on the hard disk] [where|how "
            "big|delete|please]",
            "[purge|flush|wipe|prune|clean|empty] the [disk cache|cache on disk|cache "
            "folder|cache directory|cache files]",
            "[free|get back|reclaim|save] disk space [taken by the cache|from the cache|used by "
            "the cache]",
            "the cache [takes|uses|eats|fills] [too much|a lot of|all my] [disk|disk "
            "space|space on disk]",
            "how do I [clean|clear|purge|limit|shrink|delete] the [cache on disk|disk "
            "cache|cache folder|cached files]",
            "[cached|saved] [files|prefixes|states] on disk [delete|list|what are they]",
            "[persist|persistent|persisted] [cache|KV cache|caching] [on disk|]",
            "[KV cache|cache] [saved|kept|written|stored] [on|to] disk [why|where|]",
            "why is a restart so [quick|fast]",
            "[quick|fast|warm] [restart|start] [from the cache|because of the cache|thanks to "
            "the cache on disk]",
            "[does|will] it [read|process|compute] the [old|whole] conversation [again|anew] "
            "after a restart",
            "after [a restart|restarting] [is the cache|what the model read] [still "
            "there|gone|kept]",
            "[without|no|disable|turn off|forbid|stop] [caching to disk|caching on disk|writing "
            "the cache|the disk cache]",
            "[I don't want|don't] [a cache|anything cached|cache files|to cache] on [my disk|disk]",
            "[--no-cache|no-cache|no cache] [option|flag|please|start|what for]",
            "[harmony-tui|] cache [subcommand|list|clear] [please|how|in the shell|output]",
            "which [subcommand|command] [clears|lists|empties|deletes] the cache [on disk|]",
            "is it safe to [delete|clear|empty] the [cache folder|disk cache|cache on disk]",
            "[cache|caches] [on|from] [disk|the disk] [please|size|delete|clear|list|]",
            "[clear|delete|empty|list|show|purge] the [cache|disk cache|cache on disk|cached "
            "prefixes|prompt cache]",
            "[disk|hard disk] [space|room] [used by the cache|of the cache|taken by harmony-tui]",
            "harmony-tui cache [list|clear|please|]",
            "[--no-cache|no-cache|no cache] [option|flag|please|]",
            "[why is|is] [a|the|my] [restart|second start|next start] [so "
            "quick|quick|fast|quicker]",
            "[cached|stored] [prompts|prefixes|KV states] on [the hard drive|the SSD|disk]",
            "harmony-tui [fills|eats up|hogs] my [hard drive|SSD|disk] [with its cache|with "
            "cache files]",
            "[SSD|hard drive|disk] [is full|runs full] [because|by reason] of the cache",
            "[remove|erase|get rid of|throw away] [the|all] [cache files|cached files|cached "
            "prefixes]",
            "how many [gigabytes|megabytes] does the cache [take|occupy] on [disk|my drive]",
            "[size|location|place|path] of the [disk cache|cache folder|cache directory]",
            "[don't|do not|never] [write|save|store] the cache [to|on] [disk|my drive]",
            "[run|start] without [writing|keeping] [the cache|cached prompts] on disk",
            "[persistent|on-disk|on disk] [prompt cache|prefix cache|KV cache]",
            "does the [cache|prompt cache] survive [a restart|closing the program]",
            "what is [in|inside] the [cache folder|cache directory|disk cache]",
            "[clean up|tidy|trim|vacuum] the [cache folder|disk cache|cache on disk]",
            "may I delete the [cache files|cache folder] [safely|without harm|]",
            "where [lie|are] the [cached files|cache files|cached prefixes]",
            "[cache|caching] [to|on] [the SSD|the hard drive|disk] [off|on|why]",
            "a restart [rereads nothing|is quick because of what]",
            "[show|tell] me how [large|full] the [disk cache|cache on disk] is",
            "[harmony-tui|] cache [clear|list] [in a shell|does what|command]",
            "[prevent|avoid] [cache files|caching on disk]",
            "[limit|cap|shrink|reduce] the [disk cache|cache on disk]",
            "old [cache files|cached prefixes] [delete|remove|purge]",
            "[wipe|nuke|flush] [cached data|the cached prefixes|the cache directory]",
            "is the [prompt cache|disk cache] [private|encrypted|safe to delete]",
            "[eject|dump|drop] the [cached prefixes|cache files] from [disk|my drive]",
            "[cache folder|disk cache] [grows|is huge|too large] [how do I empty it|]",
            "stop [saving|storing|writing] [cached prefixes|cache files]",
        ),
        answers=(
            "What a model has read is kept on disk, so that a restart is quick. "
            "`harmony-tui cache list` shows it, `harmony-tui cache clear` deletes it, "
            "and `--no-cache` keeps nothing.",
        ),
    ),
)
