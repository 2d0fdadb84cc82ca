"""Stories with three numbers, and the expression that each comes to."""

from __future__ import annotations

from engine.models.demo.corpus.wordings.problems import END

HOW_MANY = "[how many|how many {things}]"
NOW = "[now|then|in the end|altogether|in total|]"
LEFT = "[are left|remain|does {name} have left|does {name} still have]"

TWO_STEPS: tuple[tuple[str, str], ...] = (
    (
        f"{{name}} [had|owned] {{a}} {{things}}, [got|bought|found] {{b}} more and [lost|sold|gave "
        f"away] {{c}}{END}{HOW_MANY} did {{name}} have [then|in the end]",
        "{a}+{b}-{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}}, [gets|buys|finds] {{b}} more and [loses|sells|gives away] "
        f"{{c}}{END}{HOW_MANY} [{LEFT}|does {{name}} have {NOW}]",
        "{a}+{b}-{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}}, [loses|sells|gives away] {{b}} and [gets|buys|finds] "
        f"{{c}} "
        f"[more|new ones|others]{END}{HOW_MANY} does {{name}} have {NOW}",
        "{a}-{b}+{c}",
    ),
    (
        f"{{name}} had {{a}} {{things}}, [lost|sold|gave away] {{b}} and [got|bought|found] {{c}} "
        f"[more|new ones|others]{END}{HOW_MANY} did {{name}} have [then|in the end]",
        "{a}-{b}+{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}}, gives {{b}} to {{friend}} and {{c}} to [the neighbours|a "
        f"child|the school]{END}{HOW_MANY} {LEFT}",
        "{a}-{b}-{c}",
    ),
    (
        f"[there were|we had] {{a}} {{things}}. {{b}} were sold [yesterday|on Monday] and {{c}} "
        f"[today|on Tuesday]{END}{HOW_MANY} are left",
        "{a}-{b}-{c}",
    ),
    (
        f"{{a}} {{people}} are on the [bus|train|tram]. [at the next stop|then] {{b}} get off and "
        f"{{c}} get on{END}how many are on it [now|then]",
        "{a}-{b}+{c}",
    ),
    (
        f"{{a}} {{people}} are [in the room|at the party|in the park]. {{b}} more come and {{c}} "
        f"leave{END}how many are there [now|then]",
        "{a}+{b}-{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}}, {{friend}} has {{b}} and [I have|you have|the neighbour "
        f"has] {{c}}{END}{HOW_MANY} is that [altogether|in total|in all]",
        "{a}+{b}+{c}",
    ),
    (
        f"there are {{a}} red, {{b}} blue and {{c}} green {{things}}{END}how many are there "
        "[altogether|in total|in all|]",
        "{a}+{b}+{c}",
    ),
    (
        f"{{who}} [drove|walked|ran] {{a}} km on Monday, {{b}} on Tuesday and {{c}} on Friday{END}"
        "[how far|how many km] is that [altogether|in total]",
        "{a}+{b}+{c}",
    ),
    (
        f"{{who}} spent {{a}} {{money}} on food, {{b}} on clothes and {{c}} on the rent{END}how "
        "much [is that|money is that] [altogether|in total|]",
        "{a}+{b}+{c}",
    ),
    (
        f"a [meal|trip|party] costs {{a}} {{money}} for food, {{b}} for drinks and {{c}} for the "
        f"[taxi|music|room]{END}[what|how much] is that [altogether|in total]",
        "{a}+{b}+{c}",
    ),
    (
        f"{{name}} [buys|has|fills] {{a}} {{groups}} [with|of] {{b}} {{things}} [each|] and gets "
        f"{{c}} more{END}{HOW_MANY} does {{name}} have {NOW}",
        "{a}*{b}+{c}",
    ),
    (
        f"[there are|we have] {{a}} {{groups}} of {{b}} {{things}} and {{c}} [loose|single|extra] "
        f"[ones|{{things}}]{END}{HOW_MANY} is that [altogether|in total|in all]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{name}} [buys|bought|has|had] {{a}} {{groups}} of {{b}} {{things}} and [gives|gave] "
        f"{{c}} "
        f"away{END}{HOW_MANY} are left",
        "{a}*{b}-{c}",
    ),
    (
        f"[there are|we have] {{a}} {{groups}} [of|with] {{b}} {{things}}, but {{c}} "
        f"[{{things}}|of "
        f"them|] are [broken|missing|sold]{END}{HOW_MANY} are [left|good|fine]",
        "{a}*{b}-{c}",
    ),
    (
        "[how many {things}|how many] are left [of|from] {a} {groups} of {b} [{things}|] [if|when|"
        "after] {c} are [sold|gone|used|taken out]",
        "{a}*{b}-{c}",
    ),
    (
        f"{{name}} buys {{a}} {{things}} at {{b}} {{money}} each and a {{thing}} for {{c}}{END}how "
        "much [does {name} pay|is that] [altogether|in total|]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{a}} tickets cost {{b}} {{money}} each, and [parking|the fee|the guide] is {{c}} "
        f"[{{money}}|]{END}[what|how much] do we pay [altogether|in total|]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{name}} works {{a}} hours for {{b}} {{money}} an hour and gets a [tip|bonus] of {{c}} "
        f"[{{money}}|]{END}how much [does {{name}} earn|is that] [altogether|in total|]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{name}} works {{a}} hours for {{b}} {{money}} an hour and pays {{c}} [{{money}}|] in tax"
        f"{END}how much [is left|does {{name}} keep]",
        "{a}*{b}-{c}",
    ),
    (
        f"{{name}} [buys|bought] {{a}} {{things}} at {{b}} {{money}} each with a voucher of {{c}} "
        f"[{{money}}|]{END}how much [does {{name}} pay|was it|is that]",
        "{a}*{b}-{c}",
    ),
    (
        f"{{name}} has {{a}} {{money}} and buys {{b}} {{things}} [at|for] {{c}} [{{money}}|] each"
        f"{END}how much [money|] [is left|does {{name}} have left]",
        "{a}-{b}*{c}",
    ),
    (
        "[how much|how much money] is left [of|from] {a} {money} if [I|we] buy {b} "
        "{things} at {c} each",
        "{a}-{b}*{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}} and gives {{b}} {{people}} {{c}} each{END}{HOW_MANY} "
        f"{LEFT}",
        "{a}-{b}*{c}",
    ),
    (
        f"{{name}} has {{a}} {{money}} and saves {{b}} [more|] every {{period}}{END}how much does "
        "{name} have [after|in] {c} {period}s",
        "{a}+{b}*{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}} and buys {{b}} {{groups}} of {{c}} [more|]{END}{HOW_MANY} "
        f"does "
        f"{{name}} have {NOW}",
        "{a}+{b}*{c}",
    ),
    (
        f"a [taxi|plumber|boat] costs {{a}} {{money}} plus {{b}} an hour for {{c}} hours"
        f"{END}how much is [that|it]",
        "{a}+{b}*{c}",
    ),
    (
        f"{{a}} [boys|men] and {{b}} [girls|women] pay {{c}} {{money}} each{END}how much "
        "is that [altogether|in total]",
        "({a}+{b})*{c}",
    ),
    (
        f"{{a}} [boys|men] and {{b}} [girls|women] each [get|bring|need] {{c}} {{things}}{END}"
        f"{HOW_MANY} is that [altogether|in total]",
        "({a}+{b})*{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}} and {{friend}} has {{b}}. they [share|split|divide] them "
        f"[equally|evenly|] [among|between] {{c}} {{people}}{END}{HOW_MANY} does each get",
        "({a}+{b})/{c}",
    ),
    (
        f"{{a}} red and {{b}} blue {{things}} are put into {{c}} {{groups}}, the same number in "
        f"each"
        f"{END}{HOW_MANY} are in each [one|]",
        "({a}+{b})/{c}",
    ),
    (
        f"{{name}} [picked|made|bought] {{a}} {{food}}, ate {{b}} and shared the rest [equally|] "
        f"[among|between] {{c}} {{people}}{END}how many did each get",
        "({a}-{b})/{c}",
    ),
    (
        f"of {{a}} {{things}}, {{b}} are [broken|sold|gone]. the rest go into {{c}} {{groups}}, "
        f"the "
        f"same number in each{END}{HOW_MANY} are in each",
        "({a}-{b})/{c}",
    ),
    (
        f"the bill is {{a}} {{money}}. after a discount of {{b}} it is split between {{c}} "
        f"{{people}}"
        f"{END}how much does each pay",
        "({a}-{b})/{c}",
    ),
    (
        f"the bill is {{a}} {{money}} and the tip is {{b}}. {{c}} {{people}} share it{END}how much "
        f"does "
        "each pay",
        "({a}+{b})/{c}",
    ),
    (
        f"{{a}} {{things}} were made, {{b}} were bad and the rest sold for {{c}} {{money}} "
        f"each{END}"
        "how much money was that",
        "({a}-{b})*{c}",
    ),
    (
        f"a {{thing}} costs {{a}} {{money}} but there are {{b}} [{{money}}|] off{END}what do {{c}} "
        f"of "
        "them cost",
        "({a}-{b})*{c}",
    ),
    (
        f"{{a}} {{groups}} of {{b}} {{things}} are shared [equally|] [among|between] {{c}} "
        f"{{people}}"
        f"{END}{HOW_MANY} does each get",
        "{a}*{b}/{c}",
    ),
    (
        f"{{name}} reads {{a}} pages a day for {{b}} days and then {{c}} more{END}how many pages "
        f"is "
        "that [altogether|in total]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{a}} {{things}} cost {{b}} {{money}}{END}[what do|how much do] {{c}} [of "
        f"them|{{things}}] "
        "cost",
        "{b}/{a}*{c}",
    ),
    (
        f"a [car|bus|train] goes {{a}} km in {{b}} hours{END}how far does it go in {{c}} hours",
        "{a}/{b}*{c}",
    ),
    (
        f"a [school|hotel|house] has {{a}} floors with {{b}} rooms each and {{c}} {{things}} in "
        f"every "
        f"room{END}{HOW_MANY} is that [altogether|in total]",
        "{a}*{b}*{c}",
    ),
    (
        f"{{a}} {{groups}} hold {{b}} {{things}} each, and every one of the {{things}} costs {{c}} "
        f"{{money}}{END}how much [is that|do they cost] [altogether|in total]",
        "{a}*{b}*{c}",
    ),
    (
        f"{{a}} {{people}} work {{b}} hours a day for {{c}} days{END}how many hours is that "
        "[altogether|in total]",
        "{a}*{b}*{c}",
    ),
    (
        f"a box is {{a}} {{unit}} long, {{b}} wide and {{c}} high{END}[what is its volume|how much "
        "fits in|find the volume]",
        "{a}*{b}*{c}",
    ),
    (
        f"{{name}} is {{a}}. {{friend}} is {{b}} years older and the teacher is {{c}} years older "
        f"than {{friend}}{END}how old is the teacher",
        "{a}+{b}+{c}",
    ),
    (
        f"it was {{a}} degrees, then it got {{b}} [degrees|] warmer and at night {{c}} [degrees|] "
        f"colder{END}[how warm|what] is it now",
        "{a}+{b}-{c}",
    ),
    (
        f"an account [has|holds|starts with] {{a}} {{money}}. {{b}} are paid in and {{c}} are "
        f"taken out"
        f"{END}how much is [in it|there] [now|then]",
        "{a}+{b}-{c}",
    ),
    (
        f"{{name}} scored {{a}}, {{b}} and {{c}} points in three [games|tests|rounds]{END}[what "
        f"was the "
        "average|what is the average|what is the mean]",
        "({a}+{b}+{c})/3",
    ),
    (
        f"[the|a] {{thing}} costs {{b}} {{money}} and is {{a}}[%| percent] [off|cheaper today]{END}"
        "[what|how much] [do I pay|is it now]",
        "{b}-{a}/100*{b}",
    ),
    (
        f"[the|a] {{thing}} costs {{b}} {{money}} plus {{a}}[%| percent] tax{END}[what|how much] "
        f"do I "
        "pay",
        "{b}+{a}/100*{b}",
    ),
    (
        f"the [price|rent|fee] is {{b}} {{money}} and [rises|goes up|increases] by {{a}}[%| "
        f"percent]"
        f"{END}what is it [now|then]",
        "{b}+{a}/100*{b}",
    ),
    (
        f"{{a}}[%| percent] of {{b}} {{people}} [voted|came|said yes|are ill]{END}how many "
        f"[people|] is "
        "that",
        "{a}/100*{b}",
    ),
    (
        f"{{name}} has {{b}} {{money}} and [spends|saves|gives away] {{a}}[%| percent] of "
        f"it{END}how "
        "much is that",
        "{a}/100*{b}",
    ),
    (
        f"the bill is {{b}} {{money}} and [I|we] want to leave {{a}}[%| percent] as a tip{END}how "
        f"much "
        "is the tip",
        "{a}/100*{b}",
    ),
    (
        f"{{name}} has twice as many {{things}} as {{friend}}, who has {{a}}{END}{HOW_MANY} does "
        f"{{name}} "
        "have",
        "{a}*2",
    ),
    (
        f"{{name}} has half as many {{things}} as {{friend}}, who has {{a}}{END}{HOW_MANY} does "
        f"{{name}} "
        "have",
        "{a}/2",
    ),
    (
        f"{{who}} gave away half of [the|] {{a}} {{things}}{END}{HOW_MANY} is that",
        "{a}/2",
    ),
)
"""Stories of two steps, and some with one number or with percent: the story and its expression."""
