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
            ),
            gerunds=(
                f"[adding|combining|summing|adding up|summing up] {NUMBERS}{{a}} and {{b}}",
                "adding {a} to {b}", "putting {a} and {b} together", "increasing {a} by {b}",
                "raising {a} by {b}", "adding {a} and {b} together",
            ),
            nouns=(
                f"the [sum|total|sum total|combined total] of {NUMBERS}{{a}} and {{b}}",
                "the addition of {a} and {b}", "{a} [increased|raised] by {b}",
                "{a} and {b} [combined|together|in total|added up]", "{a} plus another {b}",
                "the number that is {a} more than {b}", "the number {a} above {b}",
                "the result of {a} plus {b}", "the result of adding {a} to {b}",
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
            ),
            gerunds=(
                "[subtracting|taking|taking away|deducting|removing|dropping] {b} from {a}",
                "taking {b} [away|off] from {a}",
                "[reducing|lowering|decreasing|cutting] {a} by {b}",
                "taking {a} and subtracting {b}", "counting [back|down] {b} from {a}",
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
            ),
            gerunds=(
                f"multiplying {NUMBERS}{{a}} [by|by|and|with] {{b}}", "taking {a} times {b}",
                "multiplying {a} and {b} together", "[scaling|enlarging] {a} by a factor of {b}",
                "repeating {a} {b} times", "adding up {a} {b} times",
            ),
            nouns=(
                f"the product of {NUMBERS}{{a}} [and|and|with] {{b}}",
                "the multiplication of {a} [and|by|with] {b}", "{a} multiplied [by|with] {b}",
                "{a} [lots|sets|groups|copies] of {b}", "{a} times as [much|many|big] as {b}",
                "{a} times the [number|value] {b}", "the number that is {a} times as big as {b}",
                "the result of {a} times {b}", "{a} taken {b} times", "the value of {a} times {b}",
                "the total of {a} groups [of|with] {b}",
            ),
        ),
        "what [number|] is {a} times as [big|large|much|many] as {b}",
        "what [product|number|] do {a} and {b} [give|make] when [they are|] multiplied",
        "if {a} is multiplied by {b}, what [is the result|do I get|comes out]",
        "if I have {a} [lots|groups|sets] of {b}, how [much|many] [is that|do I have]",
        "how [much|many] are {a} [lots|groups|sets|rows] of {b}",
        "{a} times {b} [makes|gives|is] [what|how much|how many]",
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
            ),
            gerunds=(
                "dividing {a} by {b}",
                "[splitting|cutting|dividing|breaking] {a} into {b} [parts|pieces|shares|groups]",
                "[sharing|splitting|dividing|distributing] {a} [among|between] {b}",
                "splitting {a} {b} ways", "taking {a} and dividing it by {b}",
            ),
            nouns=(
                f"the quotient of {NUMBERS}{{a}} and {{b}}",
                "the ratio [of|between] {a} [to|and] {b}",
                "the division of {a} by {b}", "{a} [split|shared|divided] [by|among|between] {b}",
                "{a} split {b} ways", "the fraction {a} over {b}",
                "the result of {a} divided by {b}",
                "one [share|part] of {a} [split|divided] {b} ways", "the value of {a} over {b}",
                "one [part|share] if {a} is [split|divided] into {b} [equal|] parts",
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
    ),
}  # fmt: skip
"""Sentences for each operator, made of its verbs and nouns."""
