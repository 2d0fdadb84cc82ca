"""The hyperparameters that choose the next token."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, concepts
from engine.models.demo.corpus.topic import Topic

SAMPLING: tuple[Topic, ...] = (
    Topic(
        name="temperature",
        label="the temperature",
        wordings=(
            *concepts("[the|] [sampling temperature|temperature setting]"),
            *actions(
                "[set|change|raise|lower|adjust|reduce] the temperature",
                "make [you|the answers|it] [more|less] [random|creative|predictable|surprising]",
            ),
            "temperature",
            "what is temperature",
            "[explain|define|describe] temperature",
            "what does temperature [mean|do|change]",
            "temperature [zero|setting|0|1]",
            "what happens at temperature [0|zero|1|2]",
            "[which|what] temperature [should I use|is best|do you recommend]",
            "set temperature to [0|1|zero|0.5|0.7]",
            "the answers are too [random|boring|wild|predictable]",
            "a [high|low|higher|lower] temperature",
            "be more [creative|random|predictable]",
            "[randomness|creativity]",
            "[higher|lower] temperature [please|]",
            "[more|less] [randomness|creativity|wild]",
            "[more|less] [daring|adventurous|cautious|surprising|crazy|varied] [answers|please]",
            "[surprise|vary] [me more|the answers|your answers more]",
            "be [more|less] [creative|random|predictable|daring]",
            "[I want|I need|I'd like] [more|less] [variety|variation|randomness|creativity]",
            "how do I [get|make] [more|less] [creative|random|varied|daring] [answers|replies]",
            "your answers are [dull|always the same|too tame|too crazy|too creative]",
            "how [creative|random|wild] are you",
            "[crank|turn] [up|down] the [heat|temperature|randomness|creativity]",
            "[heat|cool] it [up|down]",
            "[hotter|colder|cooler|warmer] [sampling|please|answers]",
            "[hot|cold|low|high] [sampling|temperature setting]",
            "[greedy|deterministic] [sampling|decoding|choice]",
            "always [take|choose|pick] the [likeliest|most likely|most probable|best] token",
            "how does the model [choose|pick|decide on] the next [token|word]",
            "how [random|daring|creative|adventurous|predictable] are your answers",
            "[set|put] the [randomness|creativity] [to zero|to one|lower|higher]",
            "what is a [good|sensible|normal|reasonable|safe] temperature",
            "the [default|current|normal|best|right] temperature [of the model|]",
            "temperature [0.2|0.5|0.7|0.9|1.5]",
            "temp [0|1|0.5|0.7|1.2]",
            "[lower|raise|drop|bump] the temp [a bit|please|]",
            "[too|much too] [random|unpredictable|creative] [for me|]",
            "does [a|] [high|higher|low|lower] temperature make you "
            "[creative|random|boring|precise]",
            "what is the effect of [the temperature|a high temperature|a low temperature]",
            "[why|when] [would|should] I [raise|lower|change] the temperature",
            "[make|keep] the answers [more|less] [varied|daring|adventurous|wild]",
            "no [randomness|creativity] [please|at all]",
            "[take|pick] more [risks|chances|unusual words]",
            "[sober|boring|safe|predictable] answers [please|]",
            "[creative|wild|crazy|playful] mode",
            "[sampling|model] temperature",
            "[setting|changing|raising|lowering] the temperature",
            "is there a [randomness|creativity] [setting|control|knob|slider]",
            "where do I [set|change|see] the temperature",
            "what does temperature [0|zero|1|0.7] [mean|do]",
            "can [temperature|the temperature] be [above 1|zero|more than one|changed]",
            "[stick to|choose] the [obvious|safest|likeliest] [words|word|choice]",
            "[temperature|randomness] [up|down|higher|lower]",
            "give me [more|less] [unusual|surprising|predictable] [words|answers]",
            "[spice|jazz|liven] [it|things|your answers] up",
            "[unpredictable|inventive|original|imaginative|fanciful|bold] "
            "[answers|replies|words] [please|]",
            "[more|less] [inventive|original|imaginative|bold|spontaneous|erratic|chaotic] "
            "[please|answers|]",
            "be [more|less] [inventive|original|imaginative|bold|spontaneous|erratic|chaotic]",
            "make [it|you|the answers] [more|less] "
            "[inventive|original|imaginative|bold|erratic|chaotic|spontaneous]",
            "[imagination|inventiveness|originality|boldness|spontaneity] "
            "[setting|up|down|more|less]",
            "[your answers|the answers|it] [are|is] [too|so] "
            "[erratic|chaotic|tame|uninspired|repetitive in style|all over the place]",
            "[calm|tone|cool|settle] [it|yourself|the answers] down [a bit|]",
            "[loosen up|go wild|go crazy|let yourself go]",
            "[how|what] [makes|decides] [an answer|the answer|the text] "
            "[random|creative|daring|varied]",
            "[level|degree|amount] of [randomness|creativity|chance|daring]",
            "[randomness|creativity] [level|setting|dial|of the answers|please]",
            "[adjust|control|tune|regulate] the [randomness|creativity|daring|temperature]",
            "[sampling|softmax|model] temperature [explained|meaning|0.7|in plain words|what is "
            "it]",
            "[temperature|temp] [explained|meaning|basics|for "
            "dummies|help|default|0.3|high|low|range]",
            "what [range|values] [can|does] the temperature [have|take]",
            "how [high|low|hot] [can|should|may] the temperature [be|go]",
            "[is|what if] the temperature [is|] [too high|too low|zero|above one|negative]",
            "what does [a temperature of|temperature] [0|0.7|1|2|zero] [mean|do|change]",
            "[always|only] the [likeliest|most probable|safest|most likely] [word|token|one]",
            "[greedy|argmax] [decoding|sampling|mode|choice] [how|please|]",
            "[turn|make|set] [it|the model] [greedy|deterministic by temperature|to temperature 0]",
            "[divide|scale|flatten|sharpen] the [logits|distribution|probabilities]",
            "what [flattens|sharpens|scales] the [distribution|probabilities]",
            "[why|what for] [is it called|a] temperature [in a model|]",
            "[good|best|right|recommended] temperature for "
            "[stories|code|facts|poems|maths|chatting]",
            "[stories|fiction|code|facts] [which|what] temperature",
            "/set temperature [0|0.7|1|0.2]",
            "temperature [lower|higher|down|up|to zero] [please|]",
            "[temp|temperature] [for dummies|for beginners|in a "
            "nutshell|explained|setting|value|number]",
            "[temp|the temp] [please|what is it|meaning|]",
            "[set|change|lower|raise|reduce|increase] the [temp|temperature] [please|a little|to "
            "0|]",
            "[more|less|too] [daring|creative|random|wild|adventurous|cautious|careful] "
            "[answers|words|choices|]",
            "[daring|creativity|wildness|boldness] [dial|setting|of the words|]",
            "[hot|cold|high|low|zero] temperature [means what|what does it do|for a model]",
            "the [likeliest|most probable|most likely] token [always|every time|only]",
            "[greedy|greedy decoding|greedy sampling|argmax]",
        ),
        answers=(
            "Temperature says how daring the choice of the next token is: at 0 the likeliest "
            "always wins. Change it with `/set temperature 0.7`.",
        ),
    ),
    Topic(
        name="top_p",
        label="top_p, top_k and min_p",
        wordings=(
            *concepts("[top_p|top p|top-p|nucleus sampling]", "[top_k|top k|min_p|min p|top-k]"),
            *actions(
                "[set|change|lower|raise|adjust] [top_p|top p|top_k|min_p|top k]",
            ),
            "[set|change] [top_p|top_k|min_p|top p]",
            "[what is the difference between|compare] [top_p and top_k|top_k and min_p]",
            "[which|what] [top_p|top_k|min_p] [should I use|is best|do you recommend]",
            "[top_p|top_k|min_p] [value|setting|sampling]",
            "set [top_p to 0.9|top_k to 40|min_p to 0.05|top p to 0.8]",
            "[remove|drop|cut] unlikely tokens",
            "[drop|remove|skip] the [unlikely|unlikeliest] [tokens|ones]",
            "[top_p|top p] [0.9|0.8|0.95]",
            "[top_k|top k] [20|40|50]",
            "[nucleus|nucleus sampling|top-p sampling|top k sampling]",
            "[limit|restrict|narrow] the [choice|number|set] of tokens",
            "[how many|which] [candidates|candidate tokens|tokens] [are considered|does it "
            "choose from|are kept]",
            "[keep|consider|use|allow] only the [best|likeliest|top] [tokens|40 tokens|few "
            "tokens|candidates]",
            "choose [only|] [from|among] the [best|likeliest|top] [tokens|few|40]",
            "[ignore|exclude|cut off|discard|throw away] [rare|improbable|unlikely|strange] "
            "[tokens|words]",
            "the [tail|long tail] of [the distribution|unlikely tokens|improbable tokens]",
            "cut [off|] the tail",
            "[cumulative|total] probability [of tokens|cutoff|]",
            "[probability|sampling] [cutoff|threshold|mass]",
            "[filter|prune|trim] [the|] [unlikely|improbable|bad] tokens",
            "[top_p|top_k|min_p|top p] [please|explained|in short]",
            "[is|are] [top_p|top_k|min_p|top p] [important|useful|needed|on]",
            "[what is a|a] [good|sensible|usual|typical] [top_p|top_k|min_p|top p]",
            "[default|current|best|right] [top_p|top_k|min_p|top p]",
            "[turn|switch] [off|on] [top_p|top_k|min_p|top p]",
            "[disable|enable|switch off] [top_p|top_k|min_p|nucleus sampling]",
            "[should|do] I [change|set|lower|use] [top_p|top_k|min_p] [or temperature|]",
            "[top_p|top_k|min_p] [versus|or|and] temperature",
            "what happens if [top_p|min_p] is [0|1|small|low|high]",
            "what does [top_k 40|top_k 1|top_p 0.9|min_p 0.05] [do|mean]",
            "[where|how] do I [set|change|enter] [top_p|top_k|min_p|top p]",
            "put [top_p|top_k|min_p] [at|to] [0.9|0.5|50|a lower value]",
            "[lower|raise|increase|decrease|reduce] [top_p|top_k|min_p|top p] [please|a bit|]",
            "min_p [0.1|0.05|0.02]",
            "[no|fewer|less] [weird|strange|odd|unlikely] [tokens|words] [please|]",
            "why does it [sometimes|] [pick|choose] [strange|weird|unlikely] [tokens|words]",
            "[the|these] [top|min] [settings|values|parameters]",
            "the difference [between|of] [top_p and min_p|top_p and top_k|top p and top k]",
            "[top_p|top p] and [top_k|min_p] [together|explained|what do they do]",
            "[setting|changing|using|choosing] [top_p|top_k|min_p|top p]",
            "[can|may] I [set|combine|use] [both top_p and top_k|top_p|top_k|min_p]",
            "the letter [p|k] in [top_p|top_k|min_p]",
            "what does the [p|k] [in top_p|in top_k|in min_p] [stand for|mean]",
            "[drop|skip|forget] the least likely [tokens|candidates|words]",
            "[number|share] of [candidate tokens|tokens to choose from|best tokens]",
            "[top_p|top_k|min_p] [explained|meaning|for dummies|in plain words|good "
            "value|help|0.9|40]",
            "[nucleus|top-p|top-k|min-p] [sampling|filter|filtering|cutoff|explained|meaning]",
            "what is [min-p|top-k|top-p|nucleus|min_p] [sampling|filtering|]",
            "[truncate|truncating|truncation|chop off|cut off|clip] [the|] "
            "[distribution|tail|unlikely tokens|sampling]",
            "[truncation|tail] [sampling|of the distribution|free sampling]",
            "[restrict|confine|narrow|limit] the [sampling|choice|draw] to [likely|the "
            "likeliest|the best|good|probable] [tokens|words|candidates]",
            "[draw|sample|pick] [only|] from [likely|the likeliest|the best few|the top "
            "40|probable] [tokens|candidates]",
            "[how many|number of] [tokens|candidates] [are in the running|may be drawn|are "
            "allowed|compete]",
            "[the|a] [shortlist|pool|set] of [candidates|candidate tokens|tokens]",
            "[shrink|widen|enlarge|reduce] the [pool|shortlist|set] of [candidates|tokens]",
            "[unlikely|improbable|rare|strange|odd] [tokens|words] [should be "
            "dropped|away|out|cut off|removed]",
            "[get rid of|rule out|filter out|weed out|eliminate] "
            "[unlikely|improbable|weird|rare|bad] [tokens|words|candidates]",
            "it [sometimes|] [picks|chooses|writes] [odd|strange|improbable|unlikely] "
            "[words|tokens] [how do I stop that|cut them off|]",
            "[probability|cumulative probability|total probability] [threshold|limit|mass|filter]",
            "the [threshold|limit|cutoff] for [unlikely|improbable] tokens",
            "[relative|minimum|minimal] probability [of a token|cutoff|threshold|]",
            "tokens below [a share|a fraction|5 per cent] of the [likeliest|best]",
            "[only|just] the [forty|40|50|ten] [likeliest|best|most probable] tokens",
            "[p|k] in [top_p|top_k|min_p] [means|stands for] what",
            "is [top_p|top_k|min_p] [1|0|0.9|40] [off|good|the default|too low]",
            "how do [top_p|top_k|min_p] and [min_p|top_p|top_k|temperature] "
            "[differ|interact|work together|relate]",
            "[top_p|min_p|top_k] [or|vs|versus] [top_k|min_p|top_p] [which is better|]",
            "[should|when should] I [use|prefer|touch|set] [top_p|top_k|min_p|nucleus sampling]",
            "[effect|purpose|use|point] of [top_p|top_k|min_p|nucleus sampling]",
            "/set [top_p 0.9|top_k 40|min_p 0.05]",
            "I [don't understand|never understood|am confused by] [top_p|top_k|min_p|nucleus "
            "sampling]",
            "[cut off|drop|leave out|remove|exclude] [unlikely|improbable|rare] [tokens|words]",
            "[nucleus|nucleus sampling|top p|top k|min p] [explained|please|setting|value|]",
            "[top_p|top_k|min_p] [setting|value|explained|please|0.9|40|0.05]",
            "[truncate|trim|shorten] the [tail|distribution] [of tokens|]",
            "[top_p|top_k|min_p|top p|top k|min p] [please|means what|sampling|cutoff|in short]",
            "[keep|choose|sample] only [the best|the likeliest|likely|probable] "
            "[tokens|words|candidates]",
            "[cumulative|total] probability [of tokens|cutoff|of the best]",
            "[how many|number of] [candidates|tokens to choose from|choices] [for the next token|]",
        ),
        answers=(
            "They cut off unlikely tokens: `top_p` keeps the best up to a total probability, "
            "`top_k` a number of them, `min_p` drops the rest. Try `/set top_p 0.9`.",
        ),
    ),
    Topic(
        name="seed",
        label="the seed",
        wordings=(
            *concepts("[the|the random|a random] seed"),
            *actions(
                "[set|change|fix|choose] [the|a] [seed|random seed]",
                "[get|have|receive] the same [answer|reply|text] [twice|again|every time]",
            ),
            "seed",
            "what is a seed",
            "what does seed [mean|do]",
            "[which|what] seed [do you use|is used|should I use]",
            "[reproducible|repeatable] [answers|results|output]",
            "why [is|do I get] [the answer different|another answer|a different answer] every time",
            "[can|could] [an answer|a run|the output] be [reproduced|repeated exactly]",
            "set seed to [1|7|42|123]",
            "[reproducible|reproduce] [an answer|answers|results|the results]",
            "[repeat|get] exactly the same [answer|results]",
            "seed [42|7|123|1]",
            "[deterministic|reproducible|repeatable|identical] "
            "[mode|answers|output|results|replies]",
            "I want [the exact same|the same|an identical|exactly the same] "
            "[answer|output|result] [again|each time|twice]",
            "[always|can you always] give [me|] the same answer",
            "make [it|the answer|the output|you] [deterministic|repeatable|reproducible]",
            "[why are|how come] the answers [different|not the same] [each time|every time|when "
            "I ask again]",
            "I asked [the same thing|the same question] twice and got [two answers|different "
            "answers]",
            "same question [different answer|other answer|but another answer]",
            "the answer [changes|differs|varies] [each time|every time|from run to run]",
            "[fix|freeze|pin|lock] the [randomness|random numbers|random choices|seed]",
            "[random number|random] [generator|numbers|choices] [of the model|]",
            "[do|can] you give the same answer [if I ask again|again|word for word]",
            "[repeat|replay|redo] [a run|the run|the same run|an experiment]",
            "how do I [reproduce|recreate|replay] [an answer|a run|a result|an experiment]",
            "[seed|the seed] [value|number|setting|please]",
            "[default|current|best|new] seed",
            "[change|use] [the|another|a different|a new] seed",
            "seed [-1|0|99|2024|minus one]",
            "what does [seed -1|a seed of -1|minus one as a seed] mean",
            "use seed [42|7|1|123]",
            "put the seed [at|to] [42|7|1|123]",
            "a [new|different|fresh] [seed|random number] [each time|every time|]",
            "[draw|pick|choose] a [new|random|different] seed",
            "is the seed [fixed|random|always the same|new each time]",
            "[which|what] number [is the seed|fixes the randomness|should the seed be]",
            "[consistent|stable|unchanging|constant] [answers|results|output|replies]",
            "I need [consistent|stable|reproducible|repeatable] [results|answers|output]",
            "[where|how] do I [set|change|see|enter|fix] the seed",
            "does the same seed [give|always give|produce] the same [answer|text|output]",
            "[same|equal] seed same answer",
            "two runs with the same [seed|result|answer]",
            "what [good|use] is [a|the] seed",
            "for a [test|demo|paper|experiment] I need the same [answer|output] [every time|again]",
            "can [the|your] randomness be [fixed|frozen|repeated|controlled]",
            "[setting|fixing|choosing|changing] [the|a] seed",
            "no [surprises|variation|differences] between [runs|two runs|answers]",
            "are your answers [deterministic|repeatable|reproducible|random each time]",
            "[reproducible|repeatable|deterministic] [answers|please]",
            "[same|identical|equal|exactly the same] [output|answer|result|text] [every "
            "time|each time|for everyone|again|twice]",
            "[rerun|replicate|recreate|reconstruct|duplicate] [an answer|a result|an "
            "experiment|my results|exactly this output]",
            "[replicable|replicability|reproducibility|repeatability|determinism] [of "
            "answers|please|how|]",
            "how do I [make|get] [reproducible|deterministic|identical|repeatable|replicable] "
            "[answers|output|runs|results]",
            "[get rid of|remove|switch off|fix|control] [chance|the chance|the dice|the random "
            "element]",
            "[chance|luck|the dice|randomness] [decides|plays a role] [can I fix it|how do I "
            "repeat it|in your answers why]",
            "[the|your] [random number generator|random generator|RNG|dice] [seed|start|initial "
            "value|]",
            "[start value|starting value|initial value|initialise] [of|for|] [the|] random "
            "[generator|numbers]",
            "[what|which] [number|setting|value] makes [answers|the output|results] "
            "[repeatable|reproducible|the same]",
            "[why|how come] [is|was] [it|the answer|the output] [different|another one] "
            "[today|each time|every time|now|from last time]",
            "[yesterday|before|last time] you [said|answered|wrote] something else to the same "
            "question",
            "you [gave|give] me [different|other] answers to the same question [why|each time|]",
            "[two|three] times the same question and [two|three] different answers",
            "ask twice get [two answers|the same answer|different answers]",
            "[can|will|does] [my colleague|somebody else|another machine] get the "
            "[same|identical] answer [with my seed|]",
            "[for|in] [a unit test|tests|debugging|science|a paper] I need [the "
            "same|identical|fixed|repeatable] [output|answers]",
            "[seed|the seed] [explained|meaning|what for|for dummies|-1|1234|help|basics]",
            "what [is|does] [-1|minus one] as [the|a] seed",
            "[random|fixed|constant|same|new] seed [please|each time|for every answer|]",
            "[fix|pin|freeze|set|choose|enter] [a|the|my] seed [number|value|]",
            "[is|are] [chance|random numbers|dice] involved [in your answers|]",
            "/set seed [42|7|1234|-1]",
            "[seed|random seed] [setting|value|number|hyperparameter] [where|how|]",
            "I want to [repeat|replay] [the|this|an] [run|experiment|answer] [exactly|word for "
            "word|later]",
            "word for word the same [answer|again|output]",
            "[consistent|unchanging|constant|stable|identical] "
            "[output|answers|replies|responses|results|text]",
            "[repeatable|deterministic|reproducible] "
            "[output|answers|replies|responses|results|text]",
            "[make|have] [the answers|the output|replies|it] "
            "[consistent|repeatable|reproducible|deterministic|constant]",
            "the same [answer|output|reply|result] [every|each] time",
            "[always|every time] the same [answer|output|reply|text]",
            "why [do I get|is there|does it give] [a different|another|not the same] answer "
            "[each|every] time",
            "[random|randomness|random numbers|random choices] [fixed|fix|pin "
            "down|control|reproduce|freeze]",
            "[fix|set|choose|pin|change|use] [the|a] [seed|random seed|seed value|seed number]",
            "[seed|random seed] [42|7|1|-1|value|number|please|]",
            "[reproduce|replicate|recreate] [an answer|the answer|a result|a run|an experiment] "
            "[exactly|]",
            "[determinism|reproducibility|repeatability] [please|]",
            "[same|fixed] seed [same answer|means what|]",
            "answers [vary|differ|change] [every time|from run to run|each time]",
            "[without|no] [chance|luck|surprises] in the answers",
        ),
        answers=(
            "The seed fixes the random choices: the same seed gives the same answer. "
            "Set it with `/set seed 42`; -1 draws a new one each time.",
        ),
    ),
    Topic(
        name="max_tokens",
        label="max_tokens",
        wordings=(
            *concepts("[max_tokens|max tokens|the token limit]"),
            *actions(
                "[set|change|raise|limit] [max_tokens|max tokens|the length of an answer]",
                "[get|have|allow] [longer|shorter] answers",
            ),
            "[longer|shorter] answers",
            "[max_tokens|max tokens] [value|setting|limit]",
            "how long can [an answer|your answers|a reply] be",
            "what is the [longest|maximum] answer",
            "why [was|is] [the|your] [answer|reply] [cut off|truncated|incomplete|cut "
            "short|unfinished]",
            "your answers are [too long|too short]",
            "set max_tokens to [100|500|1000]",
            "[limit|length] of [an answer|answers]",
            "max_tokens [100|500|1000|2000]",
            "[limit|cap|restrict|shorten] [your|the] [answers|replies|answer length|output]",
            "[keep|make] [your|the] [answers|replies] [short|shorter|longer|brief|concise]",
            "[keep it|be] [short|brief|concise]",
            "[shorter|briefer|more concise|longer|more detailed] [replies|responses] [please|]",
            "how do I [get|make|allow] [longer|shorter|briefer] [replies|responses]",
            "why did you [stop|break off] [in the middle|mid-sentence|halfway|so early]",
            "why [do your answers|does the answer] end [so soon|too early|in the middle of a "
            "sentence]",
            "[token|answer|reply|output|length] limit",
            "is there a [limit|maximum|cap] [on|to|for] [the length of answers|your answers|how "
            "much you write]",
            "what is the [limit|maximum|upper limit|cap] [for an answer|of an answer|on answers]",
            "how [many tokens|many words|much] can [an answer|a reply|one answer] have",
            "how much [can|may] you write [at most|in one go|in one answer]",
            "[maximum|max] [length|number of tokens|answer length|output]",
            "[max token|max_token|maximum tokens]",
            "[raise|increase|lower|reduce] the [limit|token limit|maximum length|cap|maximum]",
            "[default|current|best|highest] max_tokens",
            "does max_tokens [include|count] the [reasoning|thinking|analysis]",
            "does the [reasoning|thinking] count [towards the limit|as part of the answer|too]",
            "answers of [at most|no more than|up to] [100|200|500] [tokens|words]",
            "[at most|no more than|up to] [100|300|500] tokens [per answer|please|]",
            "[don't|do not] write [more than|over] [100|200|500] [tokens|words]",
            "[where|how] do I [set|change|raise|limit|increase|lower|reduce] [the "
            "length|max_tokens|the answer length]",
            "[your|the] [replies|responses] are too "
            "[long|short|wordy|lengthy|long-winded|brief|concise]",
            "[long-winded|wordy|lengthy|long] [answers|replies]",
            "[control|set|choose|decide] [how long|the length of] [answers are|the answers|a "
            "reply is]",
            "max_tokens [too low|too small|to 400|to 250]",
            "put max_tokens [at|to] [100|250|1000]",
            "what does max_tokens [count|limit|include]",
            "[setting|changing|raising|lowering] max_tokens",
            "[length|size] of [replies|your answers|the answer|a reply]",
            "allow [you|it|the model] to write [more|longer answers|less]",
            "[short|brief|concise] [replies|answers] [only|please]",
            "what [limits|restricts] the length of [an answer|your answers|a reply]",
            "[limit|bound|ceiling|cap|maximum] [of|on|for] [output|answer length|one "
            "answer|each reply|generated tokens]",
            "the [upper|hard] [limit|bound] [of|on] [an answer|the length|tokens per answer]",
            "[maximum|greatest|biggest] [answer|reply|output] [size|length]",
            "how [long|many tokens] [may|can] [a reply|the output|one answer|a response] "
            "[be|get|have]",
            "[what|which] [setting|hyperparameter|value|dial] [limits|controls|caps] the "
            "[length|answer length|number of tokens]",
            "is there a [setting|dial|limit] for the [length|size] of [answers|replies|an answer]",
            "[make|keep] [it|your answers|answers|replies] [shorter|briefer|longer|more "
            "concise|under 100 tokens]",
            "[less|not so much|not so many] [text|words] [in your answers|per answer|please]",
            "[terse|succinct|brief|snappy] [answers|replies] [please|]",
            "[be|answer more] [terse|succinct|brief|concise|briefly]",
            "answer [briefly|in fewer words|shortly|at more length]",
            "[too|much too] [wordy|lengthy|verbose|long-winded|short] [answers|your replies|]",
            "you are too [wordy|verbose|long-winded|brief]",
            "your [answers|replies] [should|could] be [shorter|longer|briefer]",
            "I [want|prefer|like] [short|shorter|brief|longer|detailed] "
            "[answers|replies|responses]",
            "[allow|permit|let] [longer|more detailed|bigger] [answers|replies|responses]",
            "[more|extra] [room|space|tokens] for [the answer|answers|each reply]",
            "why [does it|do you|does an answer] [always|] [stop|end] after [500|1000|so many|a "
            "few hundred] tokens",
            "why [is|are] [the answer|answers|your replies] [cut|cut off|truncated|limited|so "
            "short]",
            "what [decides|determines] [how long|when] [an answer|a reply] [is|ends|may be]",
            "what is the reason [an answer|the answer] [is cut off|ends too early|is truncated]",
            "[token|length|output] [limit|cap|maximum|ceiling] [per answer|setting|of "
            "answers|please]",
            "[does|is] the [analysis|reasoning|thinking] [included|counted|part] [in|of] "
            "[max_tokens|the limit|the token limit]",
            "max_tokens [explained|meaning|default|too high|too low|what for|512|4096]",
            "set max_tokens [higher|lower|to 2000|to 512|to 4096]",
            "[double|halve] max_tokens",
            "[how|where] [is|do I see] the [maximum length|token limit|limit for answers]",
            "a limit of [100|300|500|1000] [tokens|words] [for each answer|per answer]",
            "[longest|maximum|greatest|highest] [answer|length|answer length|number of tokens] "
            "[allowed|please|]",
            "[limit|cap|restrict|bound] [the|] [length|answer length] [of an answer|of answers|]",
            "[answers|replies|it] [get|gets|are|is] cut [off|short] [by the limit|at the "
            "limit|too early]",
            "[length limit|token limit|answer limit|limit on length]",
            "[allow|permit] [longer|shorter] answers",
            "[max_tokens|max tokens|maximum tokens] [setting|value|500|explained|please|limit]",
            "[how long|how many tokens] [may|can] an answer [be|have|get] [at most|]",
            "[short|shorter|brief|long|longer] answers [by a limit|with a limit|limit]",
            "[set|raise|lower|change] the [limit|maximum|longest length] [of an answer|of "
            "tokens|of answers]",
            "the answer [ends|stops|breaks off] [at a limit|because of the limit|after so many "
            "tokens]",
        ),
        answers=(
            "`max_tokens` is the longest answer allowed, reasoning included. "
            "Change it with `/set max_tokens 500`.",
        ),
    ),
    Topic(
        name="repetition",
        label="the repetition penalties",
        wordings=(
            *concepts(
                "[the|a|] [repetition_penalty|repetition penalty|repeat penalty]",
                "[the|] [frequency_penalty|frequency penalty|presence_penalty|presence penalty]",
                "[DRY|dry_multiplier|the DRY multiplier|the DRY penalty]",
            ),
            *actions(
                "[set|change|raise|lower] the [repetition|frequency|presence] penalty",
                "[avoid|reduce|prevent] [repetition|repetitions|repeated words|repeated phrases]",
            ),
            "[penalty|penalties|repetition penalties]",
            "[which|what] penalties [are there|can I set|do you have]",
            "[repetition|frequency|presence] [penalty|penalties] [value|setting|settings|]",
            "set [repetition_penalty|repetition penalty] to [1.1|1.2|1.05]",
            "set [frequency_penalty|presence_penalty] to [0.5|1|0.2]",
            "the difference between [frequency|repetition] and presence penalty",
            "what does [repetition_penalty 1.1|presence_penalty 0.5|dry_multiplier 0.8] [do|mean]",
            "[fewer|less|no] [repetitions|repetition|repeated words|repeated phrases] [please|]",
            "[punish|penalise|penalize] [repetition|repeated words|repeated tokens]",
            "[keep|stop] the model from repeating [words|phrases|passages|whole passages]",
            "[it|the model] repeats the same [words|phrases|passages] [which penalty helps|]",
            "make [repeated words|repetition|repeated tokens] less likely",
            "[what is|explain] the [repetition_window|repetition window|dry_window|DRY window]",
            "[dry_base|dry_allowed_length|dry_window|repetition_window]",
            "[good|best|default|usual] [repetition|frequency|presence] penalty",
            "[words|phrases|sentences] [come up|appear|are repeated] [again and again|too "
            "often|several times] [which penalty|how do I stop that|]",
            "[it|the model|you] [uses|use] the same [words|phrases|expressions] [again and "
            "again|all the time|too often]",
            "[you|it] [repeat|repeats] [words|phrases|yourself|itself] [a lot|too often|too much]",
            "[repetitive|monotonous|redundant] [answers|text|wording|style|phrases]",
            "[your|the] [answers|text|style|wording] [is|are] [repetitive|monotonous|redundant]",
            "[more|greater] [variety|variation] of [words|vocabulary|phrases]",
            "[avoid|discourage|penalise|penalize|punish|reduce] [the same words|repeating "
            "words|repeats|saying things twice|repeated phrases]",
            "[penalise|penalize|punish] [tokens|words] that [came before|were used "
            "before|appear often]",
            "[lower|reduce] the [chance|probability] of [repeated|used|earlier] [words|tokens]",
            "[penalty|penalties] [for|on|against] [repetition|repeats|repeated words|frequent "
            "words]",
            "[a|the] [repeat|repetition|frequency|presence] [penalty|penalties] "
            "[explained|meaning|help|value|1.1|range]",
            "[what|which] [setting|hyperparameter|dial] [reduces|prevents|is against|stops] "
            "[repetition|repeated words|repeats|repeating phrases]",
            "[anti-repetition|antirepetition|no-repeat|no repeat] [setting|settings|sampler|]",
            "[no repeat|repeated] [n-gram|ngram|n-grams] [penalty|]",
            "[DRY|dry] "
            "[sampler|sampling|penalty|explained|meaning|base|window|multiplier|allowed length]",
            "what does DRY stand for",
            "[dry_multiplier|dry_base|dry_window|dry_allowed_length] [what is "
            "it|0.8|explained|value]",
            "[presence|frequency] penalty [vs|versus|or] [frequency|presence|repetition] penalty",
            "which penalty [is best|should I use|is for words|is for whole passages]",
            "/set [repetition_penalty 1.1|frequency_penalty 0.5|presence_penalty "
            "0.5|dry_multiplier 0.8]",
            "[repetition|frequency|presence] [penalty|penalties] [explained|please|setting|value|]",
            "[punish|penalise|penalize|discourage] [repeated words|repetition|repetitions|words "
            "used before]",
            "[DRY|dry_multiplier|dry_base] [explained|please|setting|]",
            "[fewer|less|avoid] [repeated words|repetitions|repeating of words]",
        ),
        answers=(
            "They make words that were there before less likely: `repetition_penalty`, "
            "`frequency_penalty`, `presence_penalty` and DRY. Try `/set repetition_penalty 1.1`.",
        ),
    ),
    Topic(
        name="loop_detection",
        label="the loop detection",
        wordings=(
            *concepts("[the|] [loop_detection|loop detection]"),
            *actions(
                "[set|change|turn off|switch off|turn on] the loop detection",
                "[detect|stop|end|break] [a loop|an endless loop|endless loops]",
            ),
            "set loop_detection to [stop|answer|off]",
            "loop_detection [stop|answer|off]",
            "[the|your] [model|answer|analysis] is [stuck|caught] in [a|an endless] loop",
            "what happens [in|with] [a loop|an endless loop|endless loops]",
            "[do|can] you [notice|detect|stop] [loops|an endless loop|endless repetition]",
            "what if the model [is in|gets into|is stuck in] [a loop|an endless loop]",
            "[endless|infinite] [loop|loops|repetition]",
            "[it|the model] [loops|is looping|goes in a loop] [without end|forever|endlessly]",
            "[it|the model] repeats itself [without end|forever|endlessly]",
            "what [do|does] [you|the program] do when [the model|it] repeats itself without end",
            "why [was|is] the answer stopped [because of|for] a loop",
            "[which|what] [values|settings] does [loop_detection|the loop detection] [take|have]",
            "is there [a|any] [loop detection|protection against endless loops|detection of loops]",
            "[detection|detecting] of [loops|endless loops]",
            "[you|it] [keep|keeps] [going round in circles|running in circles|going in circles]",
            "[the model|it|the answer] is going [round and round|round in circles|in circles]",
            "going [round and round|round in circles|in circles] [forever|without end|endlessly]",
            "what is done [about|against] [loops|endless loops|endless repetition]",
            "what [protects|guards|helps] against [loops|an endless loop|infinite loops|endless "
            "repetition]",
            "[can|could] the model [get stuck|hang] in a loop",
            "[the model|it|you] got [stuck|caught|trapped] in a loop",
            "[help|ugh|oh no] [it|the model] is [looping|stuck in a loop|in an endless loop]",
            "it [says|writes|prints|produces] the same [sentence|line|paragraph|thing] [over "
            "and over|forever|again and again without end]",
            "the same [sentence|line|paragraph] [over and over|again and again|endlessly] "
            "without end",
            "over and over [the same thing|the same line|the same sentence] [forever|without "
            "end|endlessly]",
            "it never [gets out of|leaves|escapes] the loop",
            "[get|break] [out of|] [the|a|this] loop",
            "how do I [break|end|leave|avoid|prevent|stop] [a|the|an endless|an infinite] loop",
            "[avoid|prevent|stop|catch|recognise|recognize] [loops|infinite loops|endless loops]",
            "[recognise|recognize|notice|detect|catch] when the model [loops|is looping|goes in "
            "circles]",
            "who notices when the model [loops|is looping|goes in circles]",
            "do you [notice|see|know|realise] when you are [looping|going in circles|in a loop]",
            "your answer was [stopped|ended|cut] because [it was looping|of a loop|a loop was "
            "detected]",
            "why does it say [loop|loop detected|that the model repeats itself without end]",
            "a message [says|said] that [a loop was detected|the model was looping|it repeats "
            "itself without end]",
            "the program [stopped|ended] the answer [on its own|by itself] because of a loop",
            "it stopped by itself [because of|for] [looping|a loop|endless repetition]",
            "automatic [stop|end] [on|of|for] [loops|endless repetition|a loop]",
            "automatically [stop|end|break] [loops|endless repetition|a looping answer]",
            "what does loop_detection [stop|answer|off] [mean|do]",
            "the difference between [stop and answer|answer and off|stop and off] in "
            "[loop_detection|loop detection]",
            "[which|what] [setting|hyperparameter|value|dial] [handles|is for|is "
            "about|controls] loops",
            "is loop detection [on|off|active|enabled] [by default|now|]",
            "the default [of|for] [loop_detection|loop detection]",
            "[disable|enable|deactivate|activate] [loop_detection|the loop detection|loop "
            "detection]",
            "turn [loop detection|loop_detection|the loop detector] [off|on]",
            "the loop [detector|guard|protection|check|breaker]",
            "[is there|do you have] a loop [detector|guard|breaker|protection|check]",
            "how does the [loop detector|loop guard|loop check] work",
            "I want [loop detection|the loop detector|the loop check] [off|on|gone]",
            "how does [it|the program|harmony-tui] [recognise|recognize|know|notice] a loop",
            "how [quickly|fast|soon] is a loop [noticed|detected|recognised|found]",
            "what counts as a loop",
            "when is [something|an answer|a text] a loop",
            "there is a [row|dial|setting] called [loop_detection|loop detection]",
            "/set loop_detection [stop|answer|off]",
            "put loop_detection [to|on] [stop|answer|off]",
            "loop detection [explained|meaning|help|settings|values]",
            "[small|tiny] models [often|] [loop|get stuck in loops|go in circles]",
            "why do [models|you|small models] [loop|get into loops|go in circles]",
            "the [analysis|reasoning|thinking] is [looping|going in circles|stuck in a loop]",
            "the [analysis|reasoning|thinking] [loops|repeats itself] [forever|without "
            "end|endlessly]",
            "if the [analysis|reasoning|thinking] [loops|goes in circles] can it answer "
            "[instead|anyway]",
            "let it answer [when|if] the [analysis|reasoning] loops",
            "stop [when|if] it [loops|goes in circles|repeats itself endlessly]",
            "don't [stop|cut] answers because of [loops|a loop|repetition without end]",
            "a broken record [that never ends|without end|]",
            "[you sound|it sounds] like a broken record",
            "it is like a [broken|scratched] record",
            "it is caught in [an infinite|an endless|a] [cycle|loop]",
            "an [endless|infinite|eternal] [cycle|loop|repetition]",
            "stuck [repeating|saying] the same [thing|line|sentence] [forever|endlessly]",
            "repeats [forever|endlessly|without end]",
            "the [output|text|model] [degenerates|ends up] in a loop",
            "what if you never stop repeating [yourself|the same line]",
            "infinite repetition [what now|what happens|]",
            "[it|the model] [repeats|says|writes|prints] the same [sentence|word|line|thing] "
            "[endlessly|forever|over and over|without end|again and again]",
            "[stuck|caught|trapped|hanging] [in|inside] [a|an endless|an infinite] "
            "[loop|repetition|cycle]",
            "[endless|infinite|never-ending|eternal] [repetition|repetitions|loop|loops|repeating]",
            "[stuck|looping] on [one|the same] [sentence|word|phrase|line]",
            "[detect|notice|catch|stop|end|break] [loops|an endless loop|endless repetition|a "
            "loop]",
            "[goes|going|it goes] round in circles",
            "[same|identical] [sentence|line|words] [forever|endlessly|without end|a hundred "
            "times]",
            "[a broken record|like a broken record|parrot|it parrots itself]",
            "what if [it|the model] [gets stuck|loops|never stops repeating|falls into a loop]",
            "[loop|repetition] [detector|detection|guard|protection|check] [please|off|on|]",
            "[turn|switch] [off|on] [the|] loop [detection|detector]",
            "[when|why does] the model [loops|loop|get stuck in a loop|go on repeating itself]",
            "it [won't|does not|doesn't] [stop|quit|end] repeating [itself|the same|one sentence]",
        ),
        answers=(
            "`loop_detection` says what happens when the model repeats itself without end: "
            "`stop`, `answer` or `off`. Change it with `/set loop_detection answer`.",
        ),
    ),
    Topic(
        name="xtc",
        label="XTC",
        wordings=(
            *concepts(
                "[XTC|xtc|XTC sampling]",
                "[xtc_probability|the XTC probability|xtc_threshold|the XTC threshold]",
            ),
            *actions("[set|change|use|turn on|turn off|raise|lower] [XTC|xtc_probability]"),
            "set xtc_probability to [0.5|0.1|0.3]",
            "set xtc_threshold to [0.1|0.2|0.05]",
            "[XTC|xtc] [sampling|sampler|setting|value|values]",
            "[good|best|default|usual] [XTC|xtc_probability|xtc_threshold] [value|values|]",
            "what does [xtc_probability 0.5|xtc_threshold 0.1] [do|mean]",
            "[XTC|xtc] [probability|threshold]",
            "which tokens does XTC [drop|remove|leave out]",
            "does XTC [drop|remove] the likeliest tokens",
            "should I use XTC [or temperature|or top_p|]",
            "the difference between XTC and [temperature|top_p|min_p]",
            "what does XTC stand for",
            "what do the letters XTC mean",
            "exclude top choices",
            "what is [exclude top choices|the exclude top choices sampler]",
            "XTC sampler [explained|in plain words|for dummies]",
            "I saw XTC in the [list|pane|settings|hyperparameters] what is it",
            "there is a [row|dial|setting] called [XTC|xtc_probability|xtc_threshold] what does "
            "it do",
            "which of the settings leaves out the [best|likeliest|most probable] tokens",
            "[leave out|throw away|drop|skip|remove|exclude] the [likeliest|most probable|most "
            "likely|best|top] [tokens|token|choices|candidates]",
            "sometimes [skip|drop|avoid|exclude] the [obvious|most probable|likeliest|top] "
            "[token|word|choice]",
            "now and then [leave out|drop|skip] the [best|top|likeliest] [tokens|choice|candidate]",
            "a sampler that [drops|removes|excludes|cuts off] the [top|best|likeliest|most "
            "probable] [tokens|choices]",
            "cut [off|] the [head|top] of the distribution [instead of the tail|]",
            "the opposite of [top_p|top_k|min_p] [that drops the best|that removes likely tokens]",
            "avoid the most [obvious|predictable|probable] token with XTC",
            "what is a [good|sensible|reasonable|normal|typical] [XTC|xtc] "
            "[probability|threshold|setting]",
            "[how|where] do I [enable|activate|disable|deactivate|switch on|switch off|set] XTC",
            "[enable|activate|disable|deactivate|switch off|switch on] XTC [please|]",
            "turn XTC [on|off]",
            "XTC [on|off|zero|0.5|0.3|0.1]",
            "is XTC [on|off|active|enabled] [by default|at the moment|now|]",
            "what is the default [xtc_probability|xtc_threshold|XTC probability|XTC threshold]",
            "how [often|likely|frequently] does XTC [act|strike|kick in|drop tokens]",
            "how many tokens does XTC [remove|drop|leave|keep]",
            "does XTC [leave|keep] at least one token",
            "what happens [if|when] xtc_probability is [0|1|zero|one|high|low]",
            "what happens [if|when] xtc_threshold is [0.5|0.1|high|low]",
            "[raise|lower|increase|decrease|reduce] [xtc_threshold|xtc_probability|the XTC "
            "threshold|the XTC probability]",
            "xtc_probability [0|0.5|1|0.3]",
            "xtc_threshold [0.1|0.2|0.05]",
            "put [xtc_probability|xtc_threshold] [at|to] [0.1|0.5|0.2]",
            "/set xtc_probability [0|0.5|0.3]",
            "/set xtc_threshold [0.1|0.2]",
            "[why|when] would [I|anyone|somebody] use XTC",
            "is XTC [good|useful|any good|worth it] [for stories|for creative writing|for "
            "fiction|]",
            "does XTC make [answers|the text|you] [creative|worse|odd|more original|unusual]",
            "XTC for [creative writing|stories|role play|fiction]",
            "who [invented|came up with] XTC",
            "how is XTC different from [temperature|top_p|min_p|DRY]",
            "XTC [or|versus|and] [temperature|DRY|top_p|min_p] [what is better|which one|]",
            "can I [combine|use] XTC [with|and] [DRY|temperature|min_p|top_p] [together|]",
            "someone [recommended|suggested|mentioned] XTC [to me|for stories|]",
            "people say I should [try|use] XTC",
            "I [set|changed|tried] XTC and [nothing happened|the answers got weird|now it "
            "writes odd words]",
            "since I turned on XTC the [answers|words] are [strange|odd|weird]",
            "what [are|is] the XTC [parameters|settings|knobs|numbers]",
            "the two XTC [settings|values|numbers|parameters]",
            "[probability|threshold] of XTC",
            "what is the threshold of XTC [for|about]",
            "what is the probability of XTC [for|about]",
            "which hyperparameter is [XTC|the one called XTC]",
            "the [sampler|method|trick] [named|called] XTC",
            "do you [have|support|offer|know] XTC [sampling|]",
            "is there [XTC|an XTC sampler|XTC sampling] [here|in harmony-tui|]",
            "does [harmony-tui|this program] [have|support] XTC",
            "can you explain [how XTC works|what XTC removes|the XTC sampler]",
            "I don't get [XTC|what XTC does|what the XTC threshold is]",
            "XTC [syntax|command|usage|example]",
            "an example of XTC [settings|values|]",
            "x t c [sampling|sampler|]",
            "[XTC|xtc|xtc_probability|xtc_threshold] [explained|please|setting|value|sampler|]",
            "[exclude|drop|leave out] [the top choices|the likeliest tokens|the most likely words]",
            "[unusual|surprising|less predictable|unexpected] words [please|setting|]",
            "[XTC|xtc] [sampler|sampling|probability|threshold] [please|explained|on|off]",
            "[exclude top choices|excluding top choices|drop the best tokens|skip the likeliest]",
            "[turn|switch] [on|off] XTC",
            "[what is|what does|explain] [xtc_probability|xtc_threshold|the XTC sampler] [do|for|]",
            "[avoid|leave out|remove] the [obvious|likeliest|most probable|top] "
            "[word|words|token|tokens]",
            "[less|fewer] [obvious|cliché|predictable|boring] [words|tokens|phrases]",
        ),
        answers=(
            "XTC now and then drops the likeliest tokens, for more unusual words. "
            "Try `/set xtc_probability 0.5`; 0 is off.",
        ),
    ),
    Topic(
        name="logit_bias",
        label="the logit bias",
        wordings=(
            *concepts("[the|a|] [logit_bias|logit bias]"),
            *actions(
                "[ban|forbid|block] [a token|a single token|some tokens|single tokens]",
                "[set|change|use] the logit bias",
                "[force|prefer] [a token|a single token|some tokens|single tokens]",
            ),
            "[banned|forbidden|blocked] tokens",
            "set logit_bias [1234:-100|99:2.5]",
            "[ban|forbid|block|force] [a|one|this] token [please|]",
            "[bias|a bias] for [a token|single tokens|some tokens]",
            "make [a|one] [single|certain] token [likelier|less likely|impossible]",
            "what does logit_bias [1234:-100|99:2.5] [do|mean]",
            "what [are|do] the numbers in [logit_bias|the logit bias] [mean|]",
            "[raise|lower|change] the [logit|logits] of [a token|single tokens|one token]",
            "[logit_bias|logit bias] [value|values|setting|syntax]",
            "can [a token|single tokens] be [banned|forbidden|blocked|forced]",
            "[never|don't] [use|write|say] [a certain|a particular|this one] token",
            "make sure [a token|token 1234|one particular token] [never|always] [appears|comes "
            "up|is chosen]",
            "[stop|keep|prevent] the model from [using|writing|picking] [a certain|a "
            "particular|one] token",
            "[exclude|remove|suppress|blacklist|censor] [a|one|a single|a certain|a particular] "
            "token",
            "[suppress|blacklist|censor|exclude|whitelist] [tokens|some tokens|single "
            "tokens|certain tokens]",
            "a [blacklist|blocklist|list] of [banned|forbidden] tokens",
            "[boost|encourage|favour|favor|push|promote] [a|one|a single|a certain|a "
            "particular] token",
            "[discourage|penalise|handicap] [one|a single|a certain|a particular] token",
            "make [token 1234|a certain token|one token] [more likely|likelier|more "
            "frequent|impossible|rarer]",
            "[increase|decrease|raise|lower|change] the [chance|probability|likelihood|odds] of "
            "[one|a single|a certain|a particular] token",
            "[give|add] a [bonus|penalty|number] to [a single|one|a certain] token's [logit|score]",
            "[add|adding] [a number|something|100|-100] to [a logit|the logits|one logit|a "
            "token's logit]",
            "[minus 100|-100] [for|on] [a token|one token|a token's logit]",
            "what does -100 [do|mean] [for a token|in the bias|]",
            "a bias of [-100|-1|5|2.5|100] [on a token|]",
            "1234:-100",
            "[1234:-100|99:2.5|1234:-100, 99:2.5] [what is that|syntax|meaning]",
            "what is the [syntax|format] [of|for] [logit_bias|the bias|the logit bias|banning "
            "tokens]",
            "how do I [write|enter|type] [a|the] [bias|logit bias|list of biases] [for several "
            "tokens|]",
            "[token id|token number|id of a token] and [bias|a number]",
            "where do I [enter|put|type] the [token id|number of the token] [to ban it|for the "
            "bias]",
            "[bias|biases] [for|of|on] [tokens|single tokens|logits|certain tokens]",
            "[can|may] I [bias|ban|boost|block|suppress|forbid] [a token|single "
            "tokens|tokens|certain tokens]",
            "[is it possible|is there a way] to [ban|boost|suppress|forbid|blacklist] [tokens|a "
            "token|certain tokens]",
            "[how do I|how to] [ban|suppress|boost|blacklist|forbid|favour] [a token|single "
            "tokens|certain tokens]",
            "[banning|boosting|blocking|forbidding|suppressing|biasing] [tokens|a token|single "
            "tokens|logits]",
            "I want to [ban|suppress|boost|forbid] [token 1234|one token|certain tokens|a token "
            "id]",
            "I [don't|never] want to see [token 1234|a certain token|one particular token]",
            "the [unwanted|undesired|disliked] token [how do I ban it|must go]",
            "one token keeps [coming up|appearing] [how do I ban it|ban it|can I block it]",
            "[unban|unblock|allow] [a token|token 1234] [again|]",
            "[remove|clear|reset|delete] the [logit bias|logit_bias|bias|token bias]",
            "[token|logit] [bias|biases|offset|offsets|adjustment] "
            "[setting|please|explained|what is it|]",
            "the [bias|offset] [of|on] [logits|single logits|single tokens]",
            "[logit_bias|logit bias] [explained|what is it|example|examples|in plain words]",
            "an example of [logit_bias|a logit bias|a token bias]",
            "there is a [row|dial|setting] called [logit_bias|logit bias]",
            "[which|what] [setting|hyperparameter|dial] [bans|blocks|boosts|forces] [tokens|a "
            "token|single tokens]",
            "/set logit_bias [1234:-100|99:2.5|5:-100]",
            "set logit_bias [for|on] [two tokens|several tokens|token 99]",
            "is logit_bias [like|the same as] [in the OpenAI API|with OpenAI|the API parameter]",
            "does [logit_bias|a logit bias] [work|act] [at once|on the next token|in the middle "
            "of an answer]",
            "how [large|big|strong] [should|must|can] [a|the] [bias|logit bias] be",
            "what [range|values] can [a bias|logit_bias|a logit bias] have",
            "[positive|negative] [bias|biases|logit bias] [meaning|what do they do|]",
            "what is a logit [and its bias|bias for|]",
            "[what is|explain] a logit",
            "hand tune [the logits|single logits|a token's logit]",
            "[tweak|nudge|shift] [the|] [logits|logit] [of a token|by hand|of single tokens]",
            "force the model to [use|pick|start with] a [certain|particular|single] token",
            "[influence|steer] single [tokens|logits]",
            "[ban|forbid|block|suppress] [a|one|single|certain] [token|tokens|word]",
            "[favour|favor|boost|push|prefer] [a|one|certain] [token|tokens]",
            "[logit_bias|logit bias|bias] [of a token|explained|please|setting|]",
        ),
        answers=(
            "`logit_bias` adds a number to the logits of single tokens; -100 bans a token. "
            "Try `/set logit_bias 1234:-100`.",
        ),
    ),
)
