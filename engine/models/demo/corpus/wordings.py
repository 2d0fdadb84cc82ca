"""How calculations, the clock and names are asked for, as data.

Templates are written as in ``topic``. ``{e}``, ``{1}`` and ``{2}`` stand for something that has a
value, ``{a}``, ``{b}``, ``{c}``, ``{n}``, ``{m}`` and ``{k}`` for numbers.
"""

from __future__ import annotations

NUMBER_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
"""The words for zero to twenty, in order."""

SYMBOLS = {
    "+": ("+",),
    "-": ("-", "-", "-", "−"),
    "*": ("*", "*", "x", "×"),
    "/": ("/", "/", "÷"),
}

WORDS = {
    "+": ("plus",),
    "-": ("minus", "minus", "take away"),
    "*": ("times", "times", "multiplied by"),
    "/": ("divided by", "divided by", "over"),
}
"""How each operator is typed, in signs and in words."""

ASKING = (
    "what is {e}", "what is {e}", "what's {e}", "{e}", "{e}", "calculate {e}", "compute {e}",
    "how much is {e}", "{e} = ?", "{e} =", "work out {e}", "can you [calculate|compute] {e}",
    "[can|could] you tell me what {e} is", "I need {e}", "[please|] evaluate {e}",
    "what does {e} [make|equal|come to|give]", "what do you get for {e}", "do you know what {e} is",
    "solve {e}", "tell me {e}", "use the calculator for {e}", "what will {e} be",
    "[give me|find] the [result|value|answer] of {e}", "what would {e} be",
    "I [would like|want] to know [what|how much] {e} is", "how about {e}", "[so|and|then] {e}",
    "let's [do|try] {e}", "my homework says {e}", "run {e} through the calculator",
    "[what|how] about {e}", "can you [do|solve|work out] {e} for me", "help me with {e}",
    "quickly: {e}", "the [result|value] of {e}", "how much [does|would] {e} make",
    "what is the [result|value|answer] of {e}", "next: {e}", "figure out {e}",
    "I wonder what {e} is", "what [number|] do I get if I type {e}", "[now|next] calculate {e}",
    "type {e} into the calculator", "calc {e}", "math: {e}", "what equals {e}",
    "please [do|find|compute] {e}", "can you add up {e}",
)  # fmt: skip
"""Sentences around something that has a value."""

THINGS = (
    "apples", "books", "euros", "coins", "pens", "seats", "eggs", "chairs", "bottles", "stamps",
    "marbles", "cookies", "tickets", "boxes", "pages", "oranges", "bricks", "cards", "dollars",
    "shirts", "plates", "cups", "trees", "stickers", "bananas", "buttons", "stones", "cakes",
    "windows", "lamps", "keys", "tomatoes", "screws", "cars", "balls", "roses", "shells", "pounds",
    "candles", "kilometres", "litres", "points", "photos", "songs", "stairs", "sheep", "pizzas",
    "sandwiches",
)  # fmt: skip

GROUPS = (
    "boxes", "bags", "rows", "shelves", "crates", "baskets", "packs", "tables", "drawers", "rooms",
    "trays", "cases", "buses", "stacks", "buckets", "sets", "albums", "cartons",
)  # fmt: skip

PEOPLE = (
    "people", "children", "friends", "students", "players", "guests", "neighbours", "workers",
    "pupils", "teams", "families", "cats",
)  # fmt: skip

SUBJECTS = (
    "I", "we", "they", "you", "Anna", "Tom", "my sister", "Peter", "a farmer", "Maria", "the shop",
    "she", "he", "my friend", "the school", "Lena", "Ben", "a baker",
)  # fmt: skip

MONEY = ("euros", "dollars", "pounds")
TOTALS = ("is that", "are there", "altogether", "in total", "is that in total")
NOUN_SLOTS = {
    "{things}": THINGS,
    "{groups}": GROUPS,
    "{people}": PEOPLE,
    "{who}": SUBJECTS,
    "{money}": MONEY,
    "{total}": TOTALS,
}

WORD_PROBLEMS = {
    "*": (
        "[there are|here are] {a} {groups} with {b} {things} [each|in each]. "
        "how many [{things}|] {total}",
        "[what is|find|give me|calculate|tell me] the product of {a} and {b}",
        "multiply {a} [by|and|with] {b}", "[can you|could you|please] multiply {a} by {b}",
        "{a} {people} pay {b} {money} each, how much {total}",
        "{a} {people} have {b} {things} each. how many {things} [is that|do they have|in total]",
        "{who} [bought|ordered|needs] {a} {groups} of {b} {things}. how many {total}",
        "a [room|field|board] is {a} [m|feet|cm] long and {b} wide, what is its area",
        "if one [ticket|book|box|pen] costs {a} [euros|dollars], [what|how much] do {b} cost",
        "{a} lots of {b}", "how much is {a} [times|by] {b} [euros|dollars|]",
        "how many {things} are in {a} {groups} of {b}", "[the|what is the] product of {a} and {b}",
        "{who} [drives|walks|runs] {a} km every day for {b} days, how [far|many km] is that",
        "{a} multiplied [by|with] {b}",
        "{who} [earns|saves] {a} {money} [a|per] month for {b} months. how much {total}",
    ),
    "+": (
        "[what is|find|give me|calculate|tell me] the sum of {a} and {b}",
        "add {a} [and|to|plus] {b}", "[can you|could you|please] add {a} and {b}",
        "{who} [has|had] {a} {things} and [gets|got|finds|buys] {b} more. how many {total}",
        "[what is|] the total of {a} and {b}", "sum {a} and {b}", "sum up {a} and {b}",
        "{a} {things} and {b} {things} [together|in total|]", "{a} {things} plus {b} {things}",
        "how much [is|are] {a} and {b} [together|in total|combined]", "put {a} and {b} together",
        "if I have {a} {things} and you have {b}, how many {total}",
        "{a} [people|cars|birds] came on Monday and {b} on Tuesday, how many [is that|in total]",
        "[what is|how much is] {a} and {b} added together",
        "{who} [paid|spent] {a} {money} and then [another|] {b}. how much {total}",
        "[the|what's the] sum of {a} and {b}", "{a} added to {b}",
    ),
    "-": (
        "[what is|find|give me|calculate|tell me] the difference [between|of] {a} and {b}",
        "subtract {b} from {a}", "[can you|could you|please] subtract {b} from {a}",
        "take {b} [away|] from {a}", "deduct {b} from {a}", "[what is|] {b} less than {a}",
        "{who} [has|had] {a} {things} and [lost|gave away|sold] {b}. how many [are left|remain]",
        "[there were|we had] {a} {things} and {b} [are gone|broke|were sold]. how many are left",
        "how much is [left of|left from] {a} after {b}", "{a} {things} minus {b} {things}",
        "{a} reduced by {b}",
        "{who} [needs|wants] {a} {things} but [has|have] [only|] {b}. how many are missing",
        "a [shirt|phone|bike|book] costs {a} and I get {b} off, what do I pay",
        "[the|what's the] difference between {a} and {b}",
        "{a} people were [there|on the bus] and {b} left. how many [stayed|are there]",
        "if I take {b} [away|out] of {a} what [is left|remains]",
    ),
    "/": (
        "divide {a} by {b}", "[can you|could you|please] divide {a} by {b}",
        "split {a} [into|by|among] {b} [parts|people|equal parts|]",
        "share {a} {things} [among|between] {b} {people}", "{a} split by {b}",
        "[what is|find|give me] the quotient of {a} and {b}",
        "how many times does {b} [go|fit] into {a}",
        "{b} {people} share {a} {things}. how many [does each get|are that each|for each]",
        "{a} {things} [are packed|go] into {b} {groups}. how many [are in each|in each]",
        "if {a} {things} are divided among {b} {people}, how many does each get",
        "{who} [drove|drives] {a} km in {b} hours, how fast is that",
        "{b} [tickets|pens|books|shirts] cost {a} [euros|dollars], what does one cost",
        "how much is {a} per person for {b} {people}", "{a} shared by {b}",
        "[the|what's the] quotient of {a} and {b}",
    ),
}  # fmt: skip
"""Sentences for each operator; the expression has the numbers in the order {a}, {b}."""

PHRASES: tuple[tuple[str, str, int], ...] = (
    ("{a}[%|%| %| percent] of {b}", "{a}/100*{b}", 10),
    ("{a} squared", "{a}**2", 4),
    ("the square of {a}", "{a}**2", 2),
    ("{a} cubed", "{a}**3", 2),
    ("{a} [to the power of|to the power|raised to] {p}", "{a}**{p}", 3),
    ("{a}[^|**|^| ^ ]{p}", "{a}**{p}", 3),
    ("[the|] square root of {a}", "sqrt({a})", 6),
    ("sqrt({a})", "sqrt({a})", 2),
    ("sqrt [of|] {a}", "sqrt({a})", 1),
    ("the root of {a}", "sqrt({a})", 1),
    ("[half of|half|a half of|one half of] {a}", "{a}/2", 4),
    ("[a|one] third of {a}", "{a}/3", 1),
    ("[a|one] quarter of {a}", "{a}/4", 1),
    ("[double|twice|the double of] {a}", "{a}*2", 4),
    ("[triple|three times] {a}", "{a}*3", 1),
    ("the [average|mean] of {a} and {b}", "({a}+{b})/2", 3),
    ("{a} [mod|modulo] {b}", "{a}%{b}", 2),
    ("the sum of {a}, {b} and {c}", "{a}+{b}+{c}", 2),
    ("the sum of {a} and {b}", "{a}+{b}", 2),
    ("the product of {a} and {b}", "{a}*{b}", 2),
    ("the difference between {a} and {b}", "{a}-{b}", 2),
    ("the product of {a}, {b} and {c}", "{a}*{b}*{c}", 1),
)  # fmt: skip
"""Calculations with words of their own: the phrase, its expression, and how often."""

CHAINS: tuple[tuple[str, str], ...] = (
    ("[add|sum|add up|total] {a}, {b} and {c}", "{a}+{b}+{c}"),
    ("[add|sum up|add together] {a} and {b} and {c}", "{a}+{b}+{c}"),
    ("[what is|find] the [sum|total] of {a}, {b} and {c}", "{a}+{b}+{c}"),
    ("add {a} and {b}, then [multiply|multiply that|multiply it] by {c}", "({a}+{b})*{c}"),
    ("add {a} and {b} and [divide|divide that|divide it] by {c}", "({a}+{b})/{c}"),
    ("subtract {b} from {a} and multiply [that|it|] by {c}", "({a}-{b})*{c}"),
    ("multiply {a} [by|and] {b}, then add {c}", "{a}*{b}+{c}"),
    ("multiply {a} by {b} and subtract {c}", "{a}*{b}-{c}"),
    ("multiply {a} by {b} [and|then] add {c}", "{a}*{b}+{c}"),
    ("divide {a} by {b} and add {c}", "{a}/{b}+{c}"),
    ("multiply {a}, {b} and {c}", "{a}*{b}*{c}"),
    ("{a} euros and {b} euros and {c} euros [together|in total]", "{a}+{b}+{c}"),
)  # fmt: skip
"""Several steps in one sentence, and the expression."""

FOLLOW_UPS: tuple[tuple[str, str, int], ...] = (
    ("[{and}] add {n} [|to that|to it|to the result|please|more]", "{last}+{n}", 9),
    ("[{and}] plus {n} [|please]", "{last}+{n}", 7),
    ("[and|plus|and now] another {n} [|on top]", "{last}+{n}", 1),
    ("[and|] {n} more", "{last}+{n}", 2),
    ("[{and}|what is|and what is|what's] [that|it|the result|this] plus {n}", "{last}+{n}", 4),
    ("[what|and] if I add {n} [to it|to that|]", "{last}+{n}", 2),
    ("increase [that|it|the result] by {n}", "{last}+{n}", 1),
    ("[{and}] + {n}", "{last}+{n}", 3),
    ("[{and}] subtract {n} [|from that|from it|from the result|please]", "{last}-{n}", 7),
    ("[{and}] minus {n} [|please]", "{last}-{n}", 7),
    ("[{and}] take [away {n}|{n} away|{n} off|{n} from that|{n} from it]", "{last}-{n}", 3),
    ("[{and}|what is|and what is|what's] [that|it|the result|this] minus {n}", "{last}-{n}", 4),
    ("[reduce|decrease|lower] [that|it|the result] by {n}", "{last}-{n}", 1),
    ("[what|and] if I [subtract {n}|take {n} away] [from it|from that|]", "{last}-{n}", 2),
    ("[{and}] - {n}", "{last}-{n}", 2),
    ("[{and}] times {n} [|please]", "{last}*{n}", 7),
    ("[{and}] multiply [that|it|the result|this|] by {n} [|please]", "{last}*{n}", 7),
    ("[{and}] multiplied by {n}", "{last}*{n}", 3),
    ("[{and}|what is|and what is|what's] [that|it|the result|this] times {n}", "{last}*{n}", 4),
    ("[{and}] [*|x|×] {n}", "{last}*{n}", 3),
    ("[what|and] if I multiply [it|that] by {n}", "{last}*{n}", 1),
    ("[{and}] divided by {n} [|please]", "{last}/{n}", 7),
    ("[{and}] divide [that|it|the result|this|] by {n} [|please]", "{last}/{n}", 7),
    ("[{and}|what is|what's] [that|it|the result|this] divided by {n}", "{last}/{n}", 4),
    ("[{and}] [/|÷|over] {n}", "{last}/{n}", 3),
    ("[{and}] split [that|it|the result] [by|into] {n} [|parts]", "{last}/{n}", 1),
    ("[{and}] double [it|that|the result|this]", "{last}*2", 4),
    ("[{and}|what is|] [twice|two times] [that|the result]", "{last}*2", 1),
    ("[{and}] triple [it|that|the result]", "{last}*3", 1),
    ("[{and}] halve [it|that|the result]", "{last}/2", 2),
    ("[{and}|what is|] half of [that|it|the result]", "{last}/2", 2),
    ("[{and}] square [it|that|the result]", "{last}**2", 2),
    ("[{and}|what is|] [that|it|the result] squared", "{last}**2", 2),
    ("[{and}|what is|] the square root of [that|it|the result]", "sqrt({last})", 2),
    ("[{and}|what is|] {n}[%| %| percent] of [that|it|the result]", "{n}/100*{last}", 3),
    ("[{and}] subtract [that|it|the result] from {n}", "{n}-{last}", 2),
    ("[{and}|what is|] {n} minus [that|the result]", "{n}-{last}", 2),
    ("[{and}] divide {n} by [that|it|the result]", "{n}/{last}", 2),
)  # fmt: skip
"""What goes on from the last result: the words, the expression, and how often."""

AND = "and|now|and now|then|ok and|ok now|next|now please|and then||||please|great, now|can you|"
"""What a follow-up may begin with; it stands for ``{and}``."""

PAIRS = (
    "what is {1} and {2}", "what is {1} and what is {2}", "calculate {1} and {2}",
    "[calculate|compute|work out] {1} and [also|then] {2}", "first {1}, then {2}",
    "first {1} and then {2}", "what are {1} and {2}", "compute {1}, then {2}", "{1}, {2}",
    "{1} and {2}", "both {1} and {2}", "{1} as well as {2}", "{1}; {2}", "what is {1}? and {2}?",
    "I need {1} and {2}", "what is {1}, and what is {2}", "two things: {1} and {2}",
    "how much is {1} and how much is {2}", "tell me {1} and {2}", "can you do {1} and {2}",
    "[please|] work out {1} and {2}", "{1} and also {2}", "what is {1}, what is {2}", "{1}? {2}?",
    "evaluate {1} and {2}", "what is {1}? what about {2}?", "give me {1} and {2}",
    "I need {1} as well as {2}", "calculate {1} as well as {2}", "{1} along with {2}",
    "give me both {1} and {2}", "{1}, also {2}", "work out {1} as well as {2}", "{1} but also {2}",
)  # fmt: skip
"""Two calculations in one question."""

UNSUPPORTED = (
    "solve [the equation|] {n}x + {m} = {k} [for x|]", "solve x{p} = {n}",
    "what is the integral of x^{p}", "integrate [x squared|sin x|{n}x]",
    "[differentiate|derive] x^{p}", "[what is|] the derivative of {n}x", "factorise {n}",
    "is {n} [a|] prime [number|]", "what is the {n}th prime [number|]",
    "what are the prime factors of {n}",
    "convert {n} [miles|feet|gallons|celsius] to [km|metres|litres|fahrenheit]",
    "how many [inches|feet|yards] are [in|there in] {n} [metres|miles]",
    "what is {n} in [binary|hex|roman numerals|octal]", "[what is|] the factorial of {n}",
    "{n} factorial", "{n}!", "what [number|] comes [next|after] {n}, {m}, {k}",
    "simplify {n}x + {m}x", "what are the roots of x^2 - {n}", "count [to|up to] {n}",
    "count from {n} to {m}",
    "[give me|pick] a random number [between {n} and {m}|below {n}|up to {n}]",
    "which [number|] is [bigger|larger|smaller], {n} or {m}",
    "is {n} [bigger|larger|smaller|more|less] than {m}", "round {n} to the nearest [ten|hundred]",
    "how many digits [has|does] {n} [have|]", "what is the limit of 1/x",
    "prove that {n} is irrational", "draw the graph of x + {n}", "is {n} [even|odd]",
    "what is the greatest common divisor of {n} and {m}",
    "what is the least common multiple of {n} and {m}", "sort {n}, {m} and {k}",
    "find x if {n}x = {m}", "what is x when x + {n} = {m}",
    "list the [primes|even numbers] [below|up to] {n}", "write {n} in words",
    "what is the value of x in {n}x = {m}", "how likely is it to roll a {d}",
    "what is pi to {n} digits", "explain why {n} is special", "is {n} divisible by {d}",
    "what are the divisors of {n}", "solve for y: y - {n} = {m}", "in which year was {n}",
    "what happened in {y}", "who won in {y}", "who was born in {y}",
    "what is the number {n} known for", "what is new in version {d}.{n}", "how far is {n} miles",
    "how old is someone born in {y}", "what was the best film of {y}", "how tall is {n} cm in feet",
    "what are {n} euros in dollars", "is {n} a lucky number", "what does the number {n} mean",
    "what does error {n} mean", "what is route {n}", "tell me about the year {y}",
    "translate {n} into German", "{n}", "the number {n}", "{n} and {m}", "{n} {m} {k}", "room {n}",
    "{n} to {m}",
    "find x if {n}x + {m} = {k}", "x + {n} = {m}", "what does x equal in {n}x = {m}",
    "if x + {n} is {m}, what is x", "for which x is x + {n} = {m}", "{n}x + {m} = {k}, find x",
    "what is y when y + {n} = {m}", "which x gives x + {n} = {m}",
)  # fmt: skip
"""Numbers in questions that are nothing for the calculator."""

CLOCK_QUESTIONS = (
    "what time is it [|now|right now|at the moment|here]",
    "what is the [current|exact|right|] time [|now|please]", "what's the time [|now]",
    "[tell|give|show] me the [time|date|current time|current date]",
    "do you [know|have] [what time it is|the time|the date|what day it is|the current time]",
    "[what|which] [day|date] is it [|today|now]",
    "what is [the date|today's date|the current date] [|today]", "what is today",
    "[which|what] day of the week is [it|today]", "[current|] [time|date] [|now]",
    "[can|could] you [check|tell me|give me|look up] the [time|date|clock]",
    "is it [late|monday|friday|the weekend|morning|noon|midnight] [already|yet|]",
    "how late is it [|now|already]", "[what|which] [year|month] is it [|now]",
    "what time do [we|you] have", "[date and time|time and date] [|please]",
    "[look at|check|read|use|ask] the clock", "what does the clock say", "what [hour|day] is it",
    "I [need|want] [to know|] the [time|date]", "[today's date|the date today]",
    "what day is [today|it today]", "got the time", "have you got the time",
    "what's [today|the date|the day|today's date]", "how [much time|many hours] until midnight",
    "[can|could|would] you tell me what time it is", "I wonder what time it is",
    "is today a [weekday|holiday|monday|wednesday|saturday]", "time check",
    "what time is it where I am", "[tell|remind] me what day it is",
    "what is the [day|day today|weekday]", "I lost track of time, what time is it",
    "my watch stopped, what time is it", "when is now",
    "[what|which] [month|year|weekday|day] do we have [|now]",
    "[tell|give] me the [month|year|hour|weekday|day of the week] [|please]",
    "do you know [what|which] [month|year|weekday] [it is|we have]",
    "what is the [month|year|hour|weekday] [|now|today]", "what's the [month|year|hour|weekday]",
    "[current|the current] [month|year|hour|weekday|day]",
    "is today [monday|tuesday|wednesday|thursday|friday|saturday|sunday]",
    "is it [tuesday|wednesday|thursday|saturday|sunday|evening|late|early] [now|today|already]",
    "are we in [january|march|june|october|december|spring|winter]",
    "what [month|year|day] are we in", "[which|what] [month|year] are we in now",
    "what does [my|your|the wall] clock [show|read]", "what is the clock [showing|saying]",
    "what does the watch say", "where I live, what time is it",
    "what time is it in my [city|town|country|room]",
    "what time is it [for me|on my side|at home|in this room]", "[the|] time please",
    "[a|quick] time [reading|update]", "clock [check|please|time]", "date [check|please]",
    "the [date|day] please", "what about the [time|date]", "[this|] [month|year|weekday] [please|]",
    "is this a [monday|friday|sunday|weekday|holiday]",
    "do we have a [monday|friday|holiday] today",
)  # fmt: skip

CLOCK_THINGS = (
    "the [current|] time", "the date", "what time it is", "today's date", "what time is it",
    "the [time|day] now", "what day it is",
)  # fmt: skip
"""What to ask for together with a calculation."""

TIME_AND_TERM = (
    "{time} and {e}", "{e} and {time}", "tell me {time} and {e}", "[give me|I need] {time} and {e}",
    "tell me {time} and calculate {e}", "calculate {e} and tell me {time}",
    "first {time}, then {e}", "first {e}, then {time}", "{time}, and also {e}",
    "{e}, and also {time}", "{time}? and {e}?", "what is {e} and {time}", "{time} plus what is {e}",
    "work out {e} and then {time}", "can you tell me {time} and what {e} is",
    "two things: {time} and {e}", "{e}; {time}", "I want to know {time} and also {e}",
    "please give me {e} and {time}",
)  # fmt: skip

NAME_SENTENCES = (
    "my name is {name}", "my name is {name}", "I am {name}", "I'm {name}", "call me {name}",
    "[hi|hello|hey], I am {name}", "[hi|hello|hey], my name is {name}", "you can call me {name}",
    "this is {name}", "[hi|hello|hey], I'm {name}", "[hi|hello|hey], this is {name}",
    "my name's {name}", "[hello|hi] there, I'm {name}", "the name is {name}",
    "please call me {name}", "[hi|hello], {name} here", "I am called {name}", "they call me {name}",
    "everybody calls me {name}", "just call me {name}", "by the way, I am {name}",
    "by the way, my name is {name}", "remember that my name is {name}",
    "remember my name, it is {name}", "my first name is {name}", "I go by {name}",
    "let me introduce myself, I am {name}", "people call me {name}",
    "[you should know|know] that I am {name}", "nice to meet you, I am {name}",
    "good morning, I'm {name}", "actually my name is {name}",
    "remember {name}, that is my name", "please remember that I am {name}",
    "remember me as {name}", "let me introduce myself, my name is {name}",
    "I introduce myself: {name}", "my friends call me {name}", "people know me as {name}",
    "please remember my name, {name}", "it is {name} here", "you are talking to {name}",
)  # fmt: skip
"""How a name is told."""

NAME_QUESTIONS = (
    "what is my name", "what is my name", "what's my name", "who am I",
    "do you [know|remember|recall] my name", "[tell|say] me my name", "what am I called",
    "[can|could] you [tell me|remember|say] my name", "do you [know|remember] who I am",
    "how am I called", "have I told you my name", "did I tell you my name",
    "what did I say my name was", "what was my name [again|]", "say my name",
    "do you still know my name", "which name did I [tell|give] you", "remind me what my name is",
    "and what is my name", "what name did I give", "please tell me my name",
    "have you forgotten my name", "what do you call me", "my name is what",
    "what should you call me", "so who am I", "tell me who I am",
    "are you able to remember my name",
    "what was I called", "what do people call me", "how do they call me", "what name do I have",
    "what is the name I gave", "tell me [what|how] I am called",
    "[can|could] you tell me how I am called", "by which name do I go",
    "[who are you talking to|who is talking to you]", "do you know what I am called",
    "what name did I tell you", "how was my name [again|]", "my name [please|again]",
    "which name do I have", "give me my name", "repeat my name", "what is my first name",
)  # fmt: skip
"""How it is asked for."""
