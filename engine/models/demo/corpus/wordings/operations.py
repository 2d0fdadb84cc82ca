"""Operations on two bare numbers: verbs and nouns of each operator, in sentences that ask for them.

The numbers' slots are {a} and {b}; the expression has them in this order.
"""

from __future__ import annotations

DO = (
    "[please|can you|could you|would you|will you|I want you to|I'd like you to|help me|let's|"
    "let us|I need to|I have to|I must|I want to|I'd like to|try to|go ahead and|now|just|"
    "my task is to|the exercise says to|I was told to|we should|first|you should|may I ask you to|"
    "would you be able to|are you able to|how do I|the job is to|]"
)
GET_BY = (
    "[what do I get by|what do you get by|what do we get from|what comes out of|what comes from|"
    "what is the result of|what's the result of|the result of|tell me the result of|"
    "I need the result of|what number do I get by|what does one get by|what is the outcome of|"
    "what value do I get from|give me the result of|what answer do I get by]"
)
WHEN = (
    "[what is the result|what do I get|what do you get|what comes out|what happens|what is it|"
    "what number comes out|where do we end up|what does it make|how much is it|what is the answer|"
    "tell me what comes out|how much do I get|what number do I get] "
    "[if|when] [I|you|we|they]"
)
FIND = (
    "[what is|what's|what would be|find|find me|give me|tell me|calculate|compute|work out|"
    "I need|I want|show me|get me|how much is|do you know|can you give me|could you find|"
    "determine|let me have|I'd like to know|I am looking for|I'm looking for|I wonder what is|"
    "please calculate|so what is|and what is|can I have|my homework asks for|we need|]"
)


def sentences(
    verbs: tuple[str, ...], gerunds: tuple[str, ...], nouns: tuple[str, ...]
) -> tuple[str, ...]:
    """Return a template for each verb, gerund and noun with all the sentences that it stands in."""
    return (
        *(f"{DO} {verb}" for verb in verbs),
        *(f"{WHEN} {verb}" for verb in verbs),
        *(f"{GET_BY} {gerund}" for gerund in gerunds),
        *(f"{FIND} {noun}" for noun in nouns),
    )


NUMBERS = "[|the numbers ]"

OPERATIONS = {
    "+": (
        *sentences(
            verbs=(
                f"[add|add|sum|combine|sum up|add up|add together] {NUMBERS}{{a}} and {{b}}",
                "add {a} [to|to|onto] {b}", "put {a} and {b} together", "increase {a} by {b}",
                "raise {a} by {b}", "make {a} [bigger|larger|greater] by {b}",
                "count {a} and {b} together", "[take|start with|begin with] {a} and add {b}",
                "go up from {a} by {b}", "bring {a} up by {b}", "top up {a} [with|by] {b}",
                "add {a} and {b} [together|up]", "join {a} [and|with] {b}", "let {a} grow by {b}",
                "[lift|boost|extend|bump up] {a} by {b}", "[tack|pile] {a} [onto|on top of] {b}",
                "merge {a} and {b} into one [number|total]", "move {a} up by {b}",
                "take {a} and go [up by {b}|up another {b}|{b} higher|{b} further]",
                "work out [what {a} and {b} make|how much {a} and {b} are] together",
                "work out {a} plus {b}", "step up from {a} by {b}", "add another {a} to {b}",
                "[put|lay] {a} on top of {b}", "give {a} an extra {b}",
            ),
            gerunds=(
                f"[adding|combining|summing|adding up|summing up] {NUMBERS}{{a}} and {{b}}",
                "adding {a} to {b}", "putting {a} and {b} together", "increasing {a} by {b}",
                "raising {a} by {b}", "adding {a} and {b} together",
                "[lifting|boosting|extending] {a} by {b}", "[putting|piling] {a} on top of {b}",
                "taking {a} and adding {b}", "going up from {a} by {b}", "joining {a} and {b}",
                "counting {a} and {b} together", "letting {a} grow by {b}",
                "topping up {a} [with|by] {b}",
            ),
            nouns=(
                f"the [sum|total|sum total|combined total] of {NUMBERS}{{a}} and {{b}}",
                "the addition of {a} and {b}", "{a} [increased|raised] by {b}",
                "{a} and {b} [combined|together|in total|added up]", "{a} plus another {b}",
                "the number that is {a} more than {b}", "the number {a} above {b}",
                "the result of {a} plus {b}", "the result of adding {a} to {b}",
                "{a} with {b} [added|on top|more]", "{a} [topped up|boosted|extended] by {b}",
                "{a} and {b} as one [sum|number|total]", "the whole made of {a} and {b}",
                "the [amount|number|value] {a} [higher|larger|greater] than {b}",
                "{a} plus {b} [more|extra|further]", "the [full amount|grand total] of {a} and {b}",
                "the number that comes {a} after {b}", "{a} after [a rise|an increase] of {b}",
            ),
        ),
        "what [number|] is {a} [more|greater|higher|larger|bigger] than {b}",
        "what [number|value|] comes {a} after {b}",
        "how [much|many] do {a} and {b} make [together|]",
        "what [total|sum|] do {a} and {b} [give|make|form]", "{a} and {b} give what [sum|total]",
        "if {a} is added to {b}, what [is the total|do I get]",
        "if {a} and {b} are added, what [is the total|do I get]",
        "if {a} goes up by {b}, [what is it|where is it|how much is it] [now|then]",
        "{a}, and then {b} on top, [how much is that|what does that make]",
        "one part is {a} and the other [part|] is {b}, [what|how much] is the whole",
        "the parts are {a} and {b}, [what is the whole|how big is the whole]",
        "[I|we] start at {a} and go up {b}, where [do I land|do I end up|does that lead]",
        "which number is {a} [more|bigger|larger|greater|higher] than {b}",
        "[what|which] number [lies|stands|is] {a} above {b}",
        "how [large|big|much] is {a} after [adding|a rise of|an increase of|gaining] {b}",
        "{a} gets {b} [bigger|larger|more], [what is it now|how much is it now]",
        "what does {a} become [if|when] [{b} is added|it grows by {b}|it rises by {b}|I add {b}]",
        "to {a} [I add|we add|you add|add|comes another] {b}, [what is the sum|how much is that]",
        "one number is {a} and the other [one|] is {b}, [what is their sum|add them|"
        "what do they make together]",
        "two numbers, {a} and {b}, [what is their sum|what is the total of them|add them up]",
        "the numbers are {a} and {b}. [add them|what is their sum|give me their total]",
        "{a} is {b} [less|smaller|lower] than [what|which] number",
        "[what|which] number [minus|less] {a} [is|gives|leaves] {b}",
        "[if|when] I take {a} from a number I [get|am left with] {b}, what is the number",
        "{a} [joins|is joined by|is followed by] {b}, [how much is there now|what is the total]",
    ),
    "-": (
        *sentences(
            verbs=(
                "[subtract|subtract|take|take away|deduct|remove|drop] {b} from [|the number ]{a}",
                "take {b} [away|off|out] [from|of] {a}", "take {b} from {a}",
                "[reduce|decrease|lower|cut|shrink|drop|diminish] {a} by {b}",
                "make {a} [smaller|less|lower] by {b}", "bring {a} down by {b}",
                "[take|start with|begin with] {a} and [subtract|take away|remove|take off] {b}",
                "go down from {a} by {b}", "count [back|down] {b} from {a}", "go {b} down from {a}",
                "[find|calculate|work out] the difference [between|of] {a} and {b}",
                "let {a} [fall|drop] by {b}", "from {a} [take|subtract|take away|remove] {b}",
                "[withdraw|knock|strip|pull] {b} [from|off] {a}", "take the {b} out of the {a}",
                "[shave|chop|slice|trim] {b} [off|from] {a}", "[dock|draw] {b} from {a}",
                "[trim|shorten] {a} by {b}", "move {a} down by {b}", "step down from {a} by {b}",
                "go back {b} from {a}", "leave {b} out of {a}", "take {a} and leave out {b}",
                "work out how far [apart {a} and {b} are|{b} is from {a}|it is from {b} to {a}]",
                "find the [gap|distance|space|margin] between {a} and {b}",
                "measure the [gap|distance|space] from {b} to {a}", "work out {a} minus {b}",
                "compare {a} with {b} and tell how much larger it is",
            ),
            gerunds=(
                "[subtracting|taking|taking away|deducting|removing|dropping] {b} from {a}",
                "taking {b} [away|off] from {a}",
                "[reducing|lowering|decreasing|cutting] {a} by {b}",
                "taking {a} and subtracting {b}", "counting [back|down] {b} from {a}",
                "[trimming|shortening] {a} by {b}", "going down from {a} by {b}",
                "[shaving|chopping|slicing] {b} off {a}", "leaving {b} out of {a}",
                "letting {a} [drop|fall] by {b}", "making {a} smaller by {b}",
                "[measuring|finding] the [gap|distance] between {a} and {b}",
            ),
            nouns=(
                f"the difference [between|of] {NUMBERS}{{a}} and {{b}}",
                "the subtraction of {b} from {a}",
                "the gap between {a} and {b}",
                "the distance between {a} and {b} on the number line",
                "{b} [subtracted|taken|taken away|deducted|removed] from {a}",
                "{a} [reduced|decreased|lowered|cut|diminished] by {b}",
                "{b} [less|fewer] than {a}",
                "the number that is {b} [less|smaller|lower] than {a}", "the number {b} below {a}",
                "{a} less {b}", "the result of {a} minus {b}",
                "{a} with {b} [taken away|taken off]",
                "the [gap|space|span|interval|margin|spread] between {a} and {b}",
                "the [size|width] of the gap between {a} and {b}",
                "the numerical gap from {b} to {a}",
                "the [gap|distance|jump|stretch] from {b} [up|] to {a}",
                "the amount by which {a} [exceeds|is larger than|is more than] {b}",
                "the amount by which {b} [falls short of|is smaller than|is below] {a}",
                "the [excess|surplus] of {a} over {b}", "the shortfall from {b} to {a}",
                "the gap that separates {a} [and|from] {b}",
                "{a} after [losing|a loss of|a cut of|a drop of|taking off] {b}",
                "{a} [trimmed|shortened|brought down] by {b}", "{a} but {b} [less|lower|smaller]",
            ),
        ),
        "[what|how much|how many] [is left|is left over|remains|stays|do I have left] "
        "[if|when] [I take {b} from {a}|I take {b} away from {a}|{b} is taken from {a}|"
        "{b} are taken away from {a}|{b} is subtracted from {a}|you remove {b} from {a}|"
        "{a} is reduced by {b}|I subtract {b} from {a}|{a} loses {b}|{b} of {a} are gone]",
        "[what|how much|how many] [is left|is left over|remains|are left] [of|from] {a} "
        "[after|without|when I take away|if I remove|after subtracting|after losing|after using] "
        "{b}",
        "[what|how much] is [the rest|left] [of|from] {a} [after|without] {b}",
        "how much [more|bigger|larger|greater|higher] is {a} than {b}",
        "how much [more|bigger|larger|greater|higher] than {b} is {a}",
        "how much [less|smaller|lower] is {b} than {a}",
        "how much [less|smaller|lower] than {a} is {b}",
        "by how much [is {a} more than {b}|is {a} bigger than {b}|is {b} less than {a}|"
        "does {a} exceed {b}|do {a} and {b} differ|is {b} below {a}|is {a} above {b}]",
        "[what|how much] [must|do|should|would] I add to {b} to [get|make|reach] {a}",
        "[what|how much] [do I need|is needed|is missing] to get from {b} [up|] to {a}",
        "how [far apart|far away from each other] are {a} and {b}",
        "how far is {b} from {a} on the number line", "how much is missing from {b} to {a}",
        "what [number|value|] [is {b} less than|is {b} below|comes {b} before] {a}",
        "if {a} goes down by {b}, [what is it|where is it|how much is it] [now|then]",
        "if {b} is subtracted from {a}, what [is the result|do I get|remains]",
        "{a} [exceeds|is more than|is greater than] {b} by how much",
        "{b} is how much [less|smaller] than {a}",
        "{b} from {a}, [what is that|how much|what is left]",
        "{a} take {b}, [what is left|what remains|how much is that]",
        "the difference [when|if] {b} is taken from {a}",
        "what [gap|distance|difference|span] [is there|lies] between {a} and {b}",
        "how [big|large|wide|great] is the [gap|difference|distance|margin] between {a} and {b}",
        "how [big|wide|large] a [gap|difference] is there between {a} and {b}",
        "between {a} and {b}, [what is the gap|how large is the gap|what is the difference]",
        "how far apart [do {a} and {b} lie|are the numbers {a} and {b}|are {a} and {b} in value]",
        "{a} and {b} [are|lie] how far apart", "how far [away|] from {b} is {a}",
        "how far [above|past|beyond] {b} is {a}", "how far [below|under|short of] {a} is {b}",
        "how far is it from {b} [up|] to {a}", "{a} is how far [above|past|beyond|from] {b}",
        "how many [steps|units] [are there|is it|does it take|must I go] from {b} to {a}",
        "how [much|many] more [until|till|before] {b} [reaches|gets to|becomes] {a}",
        "by [how much|what amount] does {a} [exceed|beat|top|pass] {b}",
        "by [how much|what amount] does {b} [fall short of|miss|lag behind] {a}",
        "by [how much|what] must I [lower|reduce|cut] {a} to [get|reach] {b}",
        "[what|how much] must [I|we] [take off|take from|subtract from] {a} to [get|reach] {b}",
        "{a} is [larger|bigger|greater|more|higher] than {b} by [how much|what amount]",
        "{b} is [smaller|less|lower] than {a} by [how much|what amount]",
        "compared [with|to] {b}, how much [larger|bigger|more|higher] is {a}",
        "compared [with|to] {a}, how much [smaller|less|lower] is {b}",
        "[what|how much] makes {a} [larger|bigger|greater|higher] than {b}",
        "{b} plus [what|how much|which number] [is|makes|gives] {a}",
        "[what|which] number plus {b} [is|makes|gives] {a}",
        "{a} minus [what|how much|which number] [is|leaves|gives] {b}",
        "{a} is {b} [more|greater|larger|bigger|higher] than [what|which] number",
        "[if|when] I add {b} to a number I get {a}, what is the number",
        "[I|we] start at {a} and go [down|back] {b}, where [do I land|do I end up|does that lead]",
        "what does {a} become [if|when] [{b} is taken off|it loses {b}|it falls by {b}|"
        "I subtract {b}|{b} is removed]",
        "how [large|big|much] is {a} after [a drop of|losing|a loss of|a cut of|removing] {b}",
        "[what|how much] [stays|is left|remains] [if|when|after] {b} [goes|is cut|is removed|"
        "is deducted|gets taken] from {a}",
        "one number is {a} and the other [one|] is {b}, [how much larger is the first|"
        "what is the gap|what is the difference|how far apart are they]",
        "the numbers are {a} and {b}. [subtract the second from the first|"
        "what is their difference|how far apart are they]",
        "from {a} [I|we|you] [take|remove|subtract] {b}, [what is left|what remains]",
        "the whole is {a} and one part is {b}, [what|how much] is the other [part|]",
    ),
    "*": (
        *sentences(
            verbs=(
                f"multiply {NUMBERS}{{a}} [by|by|and|with] {{b}}", "multiply {a} and {b} together",
                "take {a} [times {b}|{b} times]", "times {a} by {b}", "repeat {a} {b} times",
                "[scale|scale up|enlarge] {a} by [|a factor of] {b}", "count {a} {b} times",
                "add {a} up {b} times", "[take|start with] {a} and multiply [it|] by {b}",
                "make {a} {b} times as [big|large]", "work out {a} times {b}",
                "[find|form|calculate] the product of {a} and {b}",
                "put together {a} groups of {b}",
                "[blow up|stretch|grow] {a} by a factor of {b}",
                "make {a} {b} times [bigger|larger]",
                "[count|collect|lay out] {a} [groups|rows|sets|piles] of {b}",
                "count the [squares|tiles|dots] in a grid of {a} by {b}",
                "write {a} down {b} times and add [it all|everything] up",
                "work out {a} multiplied by {b}", "let {a} grow {b}-fold",
                "use {a} and {b} as factors",
            ),
            gerunds=(
                f"multiplying {NUMBERS}{{a}} [by|by|and|with] {{b}}", "taking {a} times {b}",
                "multiplying {a} and {b} together", "[scaling|enlarging] {a} by a factor of {b}",
                "repeating {a} {b} times", "adding up {a} {b} times",
                "making {a} {b} times as [big|large]", "counting {a} [groups|rows|sets] of {b}",
                "[growing|stretching] {a} by a factor of {b}", "laying out {a} rows of {b}",
                "collecting {a} [lots|sets|batches] of {b}", "using {a} and {b} as factors",
            ),
            nouns=(
                f"the product of {NUMBERS}{{a}} [and|and|with] {{b}}",
                "the multiplication of {a} [and|by|with] {b}", "{a} multiplied [by|with] {b}",
                "{a} [lots|sets|groups|copies] of {b}", "{a} times as [much|many|big] as {b}",
                "{a} times the [number|value] {b}", "the number that is {a} times as big as {b}",
                "the result of {a} times {b}", "{a} taken {b} times", "the value of {a} times {b}",
                "the total of {a} groups [of|with] {b}",
                "{a} [rows|columns|piles|bundles|batches|stacks|packs] of {b}",
                "{a} [rows|columns|piles|packs] with {b} in each", "{a} added up {b} times",
                "the number of [squares|tiles|dots] in a grid of {a} by {b}",
                "{a} [scaled|stretched|blown up] by a factor of {b}",
                "the number you get from {a} times {b}", "the total of {a} times {b}",
                "the area of a rectangle [that is|of] {a} by {b}",
            ),
        ),
        "what [number|] is {a} times as [big|large|much|many] as {b}",
        "what [product|number|] do {a} and {b} [give|make] when [they are|] multiplied",
        "if {a} is multiplied by {b}, what [is the result|do I get|comes out]",
        "if I have {a} [lots|groups|sets] of {b}, how [much|many] [is that|do I have]",
        "how [much|many] are {a} [lots|groups|sets|rows] of {b}",
        "{a} times {b} [makes|gives|is] [what|how much|how many]",
        "there are {a} [rows|columns|piles] [of|with] {b}, how many [is that|are there|in all]",
        "how many [dots|squares|tiles|stars] are in {a} [rows|lines|columns] of {b}",
        "{a} [rows|lines|columns], {b} in each [one|of them|], how many [is that|altogether|]",
        "[if|when] each of {a} [groups|sets|rows] has {b}, how many are there [in total|in all|]",
        "[what|which] number divided by {a} [is|gives|makes] {b}",
        "one number is {a} and the other [one|] is {b}, [what is their product|multiply them]",
        "the [numbers|factors] are {a} and {b}. [multiply them|what is their product]",
        "what does {a} become [if|when] [it is multiplied by {b}|I multiply it by {b}|"
        "it grows {b}-fold]",
        "how [much|many] do {a} [lots|sets|batches|groups] of {b} [make|come to|give]",
        "{a} by {b}, [how large is the area|what is the area|how many squares]",
        "a number split into {a} equal parts gives {b} [each|for each part], what is the number",
        "{a} is one of {b} equal parts, [what|how much] is the whole",
        "{a} [people|boxes|piles] with {b} each, [what is the total|how many is that]",
        "[if|when] I [add up|write down] {a} {b} times, what is the total",
        "{a} by {b}, how many [squares|fields|tiles]", "[an|the] area of {a} by {b}",
    ),
    "/": (
        *sentences(
            verbs=(
                "divide [|the number ]{a} by {b}",
                "divide {a} into {b} [equal|] [parts|pieces|shares|portions|groups]",
                "[split|split up|cut|break|break up|separate] {a} into {b} [equal|] "
                "[parts|pieces|shares|portions|groups]",
                "[share|split|divide|distribute] {a} [among|between|equally among] {b}",
                "split {a} {b} ways", "[take|start with] {a} and divide [it|] by {b}",
                "work out {a} divided by {b}", "[find|calculate] the quotient of {a} and {b}",
                "[scale|bring|cut] {a} down by a factor of {b}", "split {a} [evenly|] by {b}",
                "make {b} equal parts [of|out of|from] {a}",
                "[chop|slice|carve] {a} into {b} [equal|] [parts|pieces]",
                "[deal|hand] out {a} [equally|evenly|] [to|among] {b}",
                "spread {a} [evenly|equally|] over {b}", "shrink {a} by a factor of {b}",
                "[see|find out|work out|check] how [often|many times] {b} [goes|fits] into {a}",
                "count how many {b}s [are in|fit into|go into] {a}",
                "form {b} equal groups [from|out of] {a}", "pack {a} into groups of {b}",
                "put {a} into {b} equal [groups|heaps|piles]", "sort {a} into groups of {b}",
                "measure out {a} in steps of {b}", "work out one share of {a} among {b}",
            ),
            gerunds=(
                "dividing {a} by {b}",
                "[splitting|cutting|dividing|breaking] {a} into {b} [parts|pieces|shares|groups]",
                "[sharing|splitting|dividing|distributing] {a} [among|between] {b}",
                "splitting {a} {b} ways", "taking {a} and dividing it by {b}",
                "spreading {a} [evenly|equally|] over {b}", "shrinking {a} by a factor of {b}",
                "[chopping|slicing] {a} into {b} [equal|] [parts|pieces]",
                "forming {b} equal groups from {a}", "packing {a} into groups of {b}",
                "handing out {a} [equally|evenly|] to {b}",
            ),
            nouns=(
                f"the quotient of {NUMBERS}{{a}} and {{b}}",
                "the ratio [of|between] {a} [to|and] {b}",
                "the division of {a} by {b}", "{a} [split|shared|divided] [by|among|between] {b}",
                "{a} split {b} ways", "the fraction {a} over {b}",
                "the result of {a} divided by {b}",
                "one [share|part] of {a} [split|divided] {b} ways", "the value of {a} over {b}",
                "one [part|share] if {a} is [split|divided] into {b} [equal|] parts",
                "one of {b} equal [parts|shares|pieces] of {a}",
                "{a} spread [evenly|equally|] over {b}",
                "the size of each [part|share] of {a} [cut|split|divided] into {b}",
                "the number of times {b} [goes|fits|divides] into {a}",
                "the number of {b}s [in|that fit into|contained in] {a}",
                "the number of groups of {b} in {a}", "each share of {a} [among|between] {b}",
                "an equal share of {a} for {b} [people|friends|]",
                "{a} [cut|sliced|chopped|broken] into {b} equal [parts|pieces]",
                "{a} [scaled|brought] down by a factor of {b}", "{a} per head for {b}",
            ),
        ),
        "how [many times|often] does {b} [go|fit] [into|in] {a}",
        "how [many times|often] can [I|you|we] [take|subtract] {b} from {a}",
        "how [many times|often] is {b} [contained|included] in {a}",
        "{b} [goes|fits] into {a} how [many times|often]", "how many times {b} is {a}",
        "how many times [bigger|larger|greater] [is {a} than {b}|than {b} is {a}]",
        "how many times as [big|large|much|many] as {b} is {a}",
        "{a} is how many times {b}", "what [number|] times {b} [is|makes|gives] {a}",
        "what must I multiply {b} by to [get|reach|make] {a}",
        "how many [groups|sets|lots|portions] of {b} [are in|are there in|fit into|make up] {a}",
        "how many [groups|sets|portions] of {b} can [I|you|we] make [from|out of|with] {a}",
        "if {a} is [divided|split|shared] [by|into|among] {b}, "
        "[what is each part|how big is each part|what do I get|how much is one part]",
        "how [big|large|much] is [each|one|every] [part|share|piece] [if|when] "
        "[{a} is split into {b}|I split {a} into {b}|{a} is divided by {b}|I divide {a} by {b}]",
        "what is [each|one] [part|share|piece] of {a} [split|cut|divided] into {b}",
        "{a} in {b} equal [parts|pieces|shares|groups], how [big|much] is one",
        "{a} for {b}, how much [each|for each|per head|per one]",
        "{b} [goes into|fits into|divides into] {a} [how often|how many times|how many times over]",
        "how [often|many times] [will|would|can] {b} [go|fit|divide] into {a}",
        "into {a}, how [often|many times] does {b} [go|fit]",
        "{a} [holds|contains] how many [{b}s|lots of {b}|groups of {b}]",
        "{a} [holds|contains] {b} how [often|many times]",
        "how many times over does {a} [hold|contain] {b}",
        "how many {b}s [make|go into|fit into|add up to|does it take to make|are needed for] {a}",
        "how many steps of {b} [are there in|make|lead to|get me to] {a}",
        "{a} is [what|how many] times as [big|large|much] as {b}",
        "{b} times [what|which number] [is|makes|gives] {a}",
        "[what|which] number multiplied by {b} [is|makes|gives] {a}",
        "by [what|which number] must I divide {a} to get {b}",
        "{a} divided by [what|which number] [is|gives] {b}",
        "[if|when] I multiply a number by {b} I get {a}, what is the number",
        "one number is {a} and the other [one|] is {b}, [what is the first divided by the second|"
        "how many times larger is the first|what is their quotient]",
        "the numbers are {a} and {b}. [divide the first by the second|what is their quotient]",
        "what does {a} become [if|when] [it is divided by {b}|I divide it by {b}|"
        "it is split {b} ways]",
        "{a} [is|gets] shared out [among|between] {b}, [what does each get|how much is one share]",
        "{b} equal [parts|shares|pieces] make {a}, how [big|large|much] is one [of them|]",
        "{b} equal numbers add up to {a}, what is each [of them|]",
        "the product is {a} and one factor is {b}, what is the other [factor|]",
        "{a} in groups of {b}, how many groups [are there|is that|]",
        "how [big|large] [does|will] each part get [if|when] {a} is cut into {b}",
        "[how much|what] [comes to|falls to|is for] each of {b} [if|when] {a} is shared out",
    ),
}  # fmt: skip
"""Sentences for each operator, made of its verbs and nouns."""
