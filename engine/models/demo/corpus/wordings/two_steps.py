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
    (
        f"{{name}} starts with {{a}} {{things}}, adds {{b}} and takes {{c}} [away|out] "
        f"again{END}{HOW_MANY} [are there|does that leave] {NOW}",
        "{a}+{b}-{c}",
    ),
    (
        f"a {{group}} holds {{a}} {{things}}. [{{b}} are put in|someone puts in {{b}}] and "
        f"{{c}} are taken out{END}{HOW_MANY} are in it [now|then]",
        "{a}+{b}-{c}",
    ),
    (
        f"{{who}} saved {{a}} {{money}} in May and {{b}} in June and spent {{c}} in "
        f"July{END}how much [is left|is there then]",
        "{a}+{b}-{c}",
    ),
    (
        f"a [club|choir|team] of {{a}} gets {{b}} new members and loses {{c}}{END}how "
        "[big|large] is it [now|then]",
        "{a}+{b}-{c}",
    ),
    (
        f"{{name}} had {{a}} points, won {{b}} and lost {{c}}{END}[what is the score|how many "
        "points is that] [now|then|]",
        "{a}+{b}-{c}",
    ),
    (
        f"first {{a}} {{people}} come, then {{b}} more, and later {{c}} go home{END}how many "
        "[stay|are left|are still there]",
        "{a}+{b}-{c}",
    ),
    (
        f"a [shop|library|farm] has {{a}} {{things}}, sells {{b}} and gets {{c}} [new "
        f"ones|more]{END}{HOW_MANY} does it have {NOW}",
        "{a}-{b}+{c}",
    ),
    (
        f"{{a}} {{people}} [sit|wait] in a hall. {{b}} leave, then {{c}} [others|more] come "
        f"in{END}how many are there [now|then]",
        "{a}-{b}+{c}",
    ),
    (
        f"from {{a}} {{things}} {{name}} takes {{b}} away and [then|later] puts {{c}} "
        f"back{END}{HOW_MANY} are there [now|then]",
        "{a}-{b}+{c}",
    ),
    (
        f"{{name}} has {{a}} {{money}}, pays {{b}} and [earns|gets] {{c}}{END}how much [is "
        f"that|does {{name}} have] [now|then|]",
        "{a}-{b}+{c}",
    ),
    (
        f"the [tank|pool] holds {{a}} litres, {{b}} flow out and {{c}} flow in{END}how many "
        "litres are in it [now|then]",
        "{a}-{b}+{c}",
    ),
    (
        f"a {{thing}} costs {{a}} {{money}}. there are {{b}} off, and a coupon takes off {{c}} "
        f"more{END}[what|how much] [do I pay|is it]",
        "{a}-{b}-{c}",
    ),
    (
        f"{{name}} has {{a}} {{money}}, pays {{b}} for food and {{c}} for a {{thing}}{END}how "
        f"much [is left|does {{name}} have left]",
        "{a}-{b}-{c}",
    ),
    (
        f"a rope of {{a}} {{unit}} is cut twice: first {{b}} and then {{c}} {{unit}} come "
        f"off{END}how long is the rest",
        "{a}-{b}-{c}",
    ),
    (
        f"of {{a}} {{people}}, {{b}} are ill and {{c}} are away{END}how many are [there|here|left]",
        "{a}-{b}-{c}",
    ),
    (
        f"a book has {{a}} pages. {{name}} read {{b}} [yesterday|on Monday] and {{c}} "
        f"today{END}how many [pages|] are left",
        "{a}-{b}-{c}",
    ),
    (
        f"we need {{a}} {{things}}. {{name}} brings {{b}} and {{friend}} brings "
        f"{{c}}{END}{HOW_MANY} are [still|] missing",
        "{a}-{b}-{c}",
    ),
    (
        f"[there are|we have] {{a}} {{things}}: {{b}} are red, {{c}} are blue and the rest "
        f"[are|is] green{END}how many are green",
        "{a}-{b}-{c}",
    ),
    (
        "how much is left of {a} {money} after [spending|paying] {b} on food and {c} on the rent",
        "{a}-{b}-{c}",
    ),
    (
        f"three {{people}} have {{a}}, {{b}} and {{c}} {{things}}{END}{HOW_MANY} is that "
        "[altogether|in total|in all]",
        "{a}+{b}+{c}",
    ),
    (
        f"{{name}} [buys|gets] a {{thing}} for {{a}}, a {{group}} for {{b}} and a coat for "
        f"{{c}} {{money}}{END}what [is the total|do they cost]",
        "{a}+{b}+{c}",
    ),
    (
        f"a trip has three parts of {{a}}, {{b}} and {{c}} km{END}how long is it [altogether|in "
        "total|in all]",
        "{a}+{b}+{c}",
    ),
    (
        f"the sides [are|measure] {{a}}, {{b}} and {{c}} {{unit}}{END}[what is the "
        "perimeter|how long are they together]",
        "{a}+{b}+{c}",
    ),
    (
        f"{{name}} [read|wrote] {{a}} pages, then {{b}}, then {{c}} more{END}how many pages "
        "[was|is] that [altogether|in all]",
        "{a}+{b}+{c}",
    ),
    (
        f"{{a}} {{people}} came on Friday, {{b}} on Saturday and {{c}} on Sunday{END}how many "
        "[came|was that] [altogether|in all]",
        "{a}+{b}+{c}",
    ),
    (
        f"{HOW_MANY} are {{a}}, {{b}} and {{c}} [{{things}}|] together",
        "{a}+{b}+{c}",
    ),
    (
        f"{{a}} {{people}} each work {{b}} hours a day, and they do so for {{c}} days{END}how "
        "many hours [is that|do they work] [in all|altogether|in total]",
        "{a}*{b}*{c}",
    ),
    (
        f"each of {{a}} {{people}} [reads|makes|uses] {{b}} {{things}} a day for {{c}} "
        f"days{END}{HOW_MANY} is that [in all|altogether]",
        "{a}*{b}*{c}",
    ),
    (
        f"{{a}} {{people}} drive {{b}} km a day for {{c}} days{END}how many km is that [in "
        "all|altogether|in total]",
        "{a}*{b}*{c}",
    ),
    (
        f"{{a}} [workers|helpers] get {{b}} {{money}} an hour and work {{c}} hours each{END}how "
        "much is [paid|that] [in all|altogether]",
        "{a}*{b}*{c}",
    ),
    (
        f"{{name}} packs {{a}} {{groups}}, each with {{b}} bags of {{c}} "
        f"{{things}}{END}{HOW_MANY} is that [in all|altogether|in total]",
        "{a}*{b}*{c}",
    ),
    (
        "how many hours do {a} {people} work at {b} hours a day for {c} days",
        "{a}*{b}*{c}",
    ),
    (
        f"a [shelf|hall|rack] has {{a}} rows of {{b}} {{groups}} with {{c}} {{things}} in "
        f"each{END}{HOW_MANY} is that [in all|altogether|]",
        "{a}*{b}*{c}",
    ),
    (
        "{a} {people} eat {b} {food} each per day. [how many|how many {food}] do they eat in "
        "{c} days",
        "{a}*{b}*{c}",
    ),
    (
        f"{{a}} [cars|vans] with {{b}} seats make {{c}} trips, [always|all of them] "
        f"full{END}how many people is that",
        "{a}*{b}*{c}",
    ),
    (
        f"{{name}} saves {{a}} {{money}} a week. there are {{b}} weeks in the term and {{c}} "
        f"terms{END}how much is [that|saved]",
        "{a}*{b}*{c}",
    ),
    (
        f"[{{name}}|{{friend}}] has {{a}} {{groups}} with {{b}} {{things}} in each and {{c}} "
        f"{{things}} besides{END}{HOW_MANY} is that [in all|altogether]",
        "{a}*{b}+{c}",
    ),
    (
        f"a [lesson|ride|game] costs {{a}} {{money}}. we take {{b}} and pay {{c}} for the "
        f"way{END}[what|how much] is that [in all|altogether]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{a}} rows of {{b}} seats and {{c}} [more|extra] seats at the back{END}how many seats "
        "are there",
        "{a}*{b}+{c}",
    ),
    (
        f"{{name}} earns {{a}} {{money}} a day for {{b}} days and [finds|gets] {{c}} "
        f"more{END}how much is that [in all|altogether]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{name}} saves {{a}} {{money}} a week for {{b}} weeks and already had {{c}}{END}how "
        "much is there [now|then]",
        "{a}*{b}+{c}",
    ),
    (
        f"{{name}} packs {{a}} {{groups}} of {{b}} {{things}} and {{c}} [break|get lost|are "
        f"eaten]{END}{HOW_MANY} [are left|remain]",
        "{a}*{b}-{c}",
    ),
    (
        f"{{a}} rows of {{b}} seats, and {{c}} seats are taken{END}how many [seats|] are free",
        "{a}*{b}-{c}",
    ),
    (
        f"{{name}} earns {{a}} {{money}} a day for {{b}} days and spends {{c}}{END}how much [is "
        f"left|does {{name}} keep]",
        "{a}*{b}-{c}",
    ),
    (
        f"{{a}} tickets at {{b}} {{money}} each, and we get {{c}} off{END}[what|how much] [do "
        "we pay|is it]",
        "{a}*{b}-{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}} and gets {{b}} [more|] every {{period}} for {{c}} "
        f"{{period}}s{END}{HOW_MANY} does {{name}} have [then|in the end]",
        "{a}+{b}*{c}",
    ),
    (
        f"[there are|we have] {{a}} {{things}} and {{b}} {{groups}} with {{c}} [more|] in "
        f"each{END}{HOW_MANY} is that [in all|altogether|in total]",
        "{a}+{b}*{c}",
    ),
    (
        f"{{name}} owns {{a}} {{things}} and orders {{b}} {{groups}} of {{c}} "
        f"each{END}{HOW_MANY} does {{name}} [have|own] {NOW}",
        "{a}+{b}*{c}",
    ),
    (
        f"to {{a}} {{things}} {{name}} adds {{b}} {{groups}} [of|with] {{c}} "
        f"[each|]{END}{HOW_MANY} are there {NOW}",
        "{a}+{b}*{c}",
    ),
    (
        f"{{who}} had {{a}} {{things}} and [bought|got|found] {{b}} {{groups}} with {{c}} in "
        f"each{END}{HOW_MANY} was that [in all|altogether]",
        "{a}+{b}*{c}",
    ),
    (
        f"a [plumber|driver|painter] charges {{a}} {{money}} for coming and {{b}} for each of "
        f"{{c}} hours{END}[what|how much] is the bill",
        "{a}+{b}*{c}",
    ),
    (
        f"{{name}} pays {{a}} {{money}} at once and then {{b}} a {{period}} for {{c}} "
        f"{{period}}s{END}how much is that [in all|altogether]",
        "{a}+{b}*{c}",
    ),
    (
        f"[there are|we have] {{a}} {{things}}, and {{b}} {{people}} take {{c}} "
        f"each{END}{HOW_MANY} [are left|remain]",
        "{a}-{b}*{c}",
    ),
    (
        f"{{name}} has {{a}} {{money}} and spends {{b}} a {{period}} for {{c}} "
        f"{{period}}s{END}how much is left",
        "{a}-{b}*{c}",
    ),
    (
        f"from {{a}} {{things}} {{b}} {{groups}} of {{c}} are "
        f"[filled|sold|packed]{END}{HOW_MANY} [are left|remain]",
        "{a}-{b}*{c}",
    ),
    (
        f"{{name}} has {{a}} {{money}} in hand and pays for {{b}} {{things}} at {{c}} "
        f"each{END}how much [change is there|is the change|is left]",
        "{a}-{b}*{c}",
    ),
    (
        f"{{a}} {{people}} and {{b}} more [make|form] {{c}} equal [teams|groups|rows]{END}how "
        "many are in each",
        "({a}+{b})/{c}",
    ),
    (
        f"{{name}} [found|picked|made] {{a}} {{food}} and {{friend}} {{b}}. {{c}} {{people}} "
        f"get the same share{END}how many does each get",
        "({a}+{b})/{c}",
    ),
    (
        f"{{a}} red and {{b}} blue {{things}} go into {{c}} equal {{groups}}{END}{HOW_MANY} "
        "[are in each|go into each]",
        "({a}+{b})/{c}",
    ),
    (
        f"we put {{a}} and {{b}} {{things}} together and share them [among|between] {{c}} "
        f"{{people}}{END}{HOW_MANY} [is that each|does each get]",
        "({a}+{b})/{c}",
    ),
    (
        f"the food costs {{a}} {{money}} and the room {{b}}. {{c}} {{people}} split it "
        f"[evenly|equally|]{END}how much does each pay",
        "({a}+{b})/{c}",
    ),
    (
        f"of {{a}} {{things}}, {{b}} [break|are kept|get lost] and the others are "
        f"[shared|split] [among|between] {{c}} {{people}}{END}{HOW_MANY} does each get",
        "({a}-{b})/{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}}, keeps {{b}} and [shares|splits] the rest "
        f"[among|between] {{c}} {{people}}{END}{HOW_MANY} does each get",
        "({a}-{b})/{c}",
    ),
    (
        f"{{b}} of {{a}} {{things}} are [sold|gone|used]. the rest are packed into {{c}} equal "
        f"{{groups}}{END}{HOW_MANY} [are in each|go into each]",
        "({a}-{b})/{c}",
    ),
    (
        f"{{name}} owes {{a}} {{money}}, pays {{b}} now and the rest in {{c}} equal "
        f"parts{END}how much is each part",
        "({a}-{b})/{c}",
    ),
    (
        f"after {{b}} of {{a}} {{people}} went home, the rest made {{c}} equal "
        f"[teams|groups]{END}how many were in each",
        "({a}-{b})/{c}",
    ),
    (
        f"{{a}} {{people}} and {{b}} more each [bring|get|pay for] {{c}} "
        f"{{things}}{END}{HOW_MANY} is that [in all|altogether]",
        "({a}+{b})*{c}",
    ),
    (
        f"a meal costs {{a}} {{money}} and a drink {{b}}. we are {{c}} and each takes "
        f"both{END}[what|how much] do we pay",
        "({a}+{b})*{c}",
    ),
    (
        f"a {{group}} has {{a}} red and {{b}} blue {{things}}{END}{HOW_MANY} are in {{c}} of them",
        "({a}+{b})*{c}",
    ),
    (
        f"{{name}} works {{a}} hours in the morning and {{b}} in the evening for {{c}} "
        f"days{END}how many hours is that",
        "({a}+{b})*{c}",
    ),
    (
        f"of {{a}} {{people}}, {{b}} do not come. the others get {{c}} {{things}} "
        f"each{END}{HOW_MANY} is that",
        "({a}-{b})*{c}",
    ),
    (
        f"{{name}} has {{a}} {{things}}, keeps {{b}} and sells the rest at {{c}} {{money}} "
        f"each{END}how much [is that|does {{name}} get]",
        "({a}-{b})*{c}",
    ),
    (
        f"{{name}} [buys|has] {{a}} {{groups}} of {{b}} {{things}} for {{c}} "
        f"{{people}}{END}{HOW_MANY} does each get",
        "{a}*{b}/{c}",
    ),
    (
        f"{{a}} {{people}} bring {{b}} {{things}} each and pack them into {{c}} equal "
        f"{{groups}}{END}{HOW_MANY} are in each",
        "{a}*{b}/{c}",
    ),
    (
        "if {a} {things} cost {b} {money}, [what|how much] do {c} [of them|] cost",
        "{b}/{a}*{c}",
    ),
    (
        f"for {{a}} {{things}} {{name}} pays {{b}} {{money}}{END}how much would {{c}} [of "
        "them|] be",
        "{b}/{a}*{c}",
    ),
    (
        f"a recipe for {{a}} people needs {{b}} {{measure}} of [rice|flour|milk]{END}how much "
        f"is needed for {{c}} people",
        "{b}/{a}*{c}",
    ),
    (
        f"three {{things}} weigh {{a}}, {{b}} and {{c}} grams{END}[what is the average "
        "weight|how much do they weigh on average]",
        "({a}+{b}+{c})/3",
    ),
    (
        f"{{name}} [ran|walked] {{a}}, {{b}} and {{c}} km on three days{END}how many km is that "
        "a day on average",
        "({a}+{b}+{c})/3",
    ),
    (
        f"the last three {{period}}s had {{a}}, {{b}} and {{c}} {{people}}{END}[what is the "
        "average|what is the mean]",
        "({a}+{b}+{c})/3",
    ),
    (
        f"{{name}} scored {{a}} and {{b}} points in two [games|tests|rounds]{END}what [is|was] "
        "the average",
        "({a}+{b})/2",
    ),
    (
        f"{{name}} is {{a}} and {{friend}} is {{b}} years old{END}what is their average age",
        "({a}+{b})/2",
    ),
    (
        f"one {{thing}} costs {{a}} {{money}} and another {{b}}{END}what is the average price",
        "({a}+{b})/2",
    ),
    (
        f"a {{thing}} of {{b}} {{money}} is [sold|offered] with {{a}}[%| percent] "
        f"off{END}[what|how much] [do I pay|does it cost|is it]",
        "{b}-{a}/100*{b}",
    ),
    (
        f"{{name}} has {{b}} {{money}} and [spends|gives away|loses] {{a}}[%| percent] of "
        f"it{END}how much [is left|does {{name}} keep]",
        "{b}-{a}/100*{b}",
    ),
    (
        f"of {{b}} {{people}}, {{a}}[%| percent] [leave|stay at home|are ill]{END}how many [are "
        "left|come|remain]",
        "{b}-{a}/100*{b}",
    ),
    (
        f"the [price|rent|fee] of {{b}} {{money}} [falls|drops|goes down] by {{a}}[%| "
        f"percent]{END}what is it [now|then]",
        "{b}-{a}/100*{b}",
    ),
    (
        f"{{b}} {{things}} were made and {{a}}[%| percent] were bad{END}{HOW_MANY} were good",
        "{b}-{a}/100*{b}",
    ),
    (
        "[what|how much] does a {thing} of {b} {money} cost after a discount of {a}[%| percent]",
        "{b}-{a}/100*{b}",
    ),
    (
        f"{{name}} earns {{b}} {{money}} and gets {{a}}[%| percent] more{END}how much is that "
        "[now|then]",
        "{b}+{a}/100*{b}",
    ),
    (
        f"a town of {{b}} people [grows|has grown] by {{a}}[%| percent]{END}how many people "
        "live there [now|then]",
        "{b}+{a}/100*{b}",
    ),
    (
        f"the bill is {{b}} {{money}} and we add {{a}}[%| percent] as a tip{END}[what|how much] "
        "do we pay [in all|altogether]",
        "{b}+{a}/100*{b}",
    ),
    (
        f"{{b}} {{money}} in the bank bring {{a}}[%| percent] interest{END}how much is there "
        "[then|after that]",
        "{b}+{a}/100*{b}",
    ),
    (
        "[what|how much] does a {thing} of {b} {money} cost with {a}[%| percent] tax on top",
        "{b}+{a}/100*{b}",
    ),
    (
        f"{{a}}[%| percent] of the {{b}} {{things}} are [red|broken|sold|new]{END}{HOW_MANY} is "
        "that",
        "{a}/100*{b}",
    ),
    (
        f"{{name}} pays {{a}}[%| percent] tax on {{b}} {{money}}{END}how much [tax|] is that",
        "{a}/100*{b}",
    ),
    (
        f"a {{thing}} costs {{b}} {{money}} and I save {{a}}[%| percent]{END}how much do I save",
        "{a}/100*{b}",
    ),
    (
        f"a class of {{b}} has {{a}}[%| percent] girls{END}how many girls are there",
        "{a}/100*{b}",
    ),
    (
        "[how many|how many {things}] are {a}[%| percent] of {b} ",
        "{a}/100*{b}",
    ),
    (
        f"{{name}} gives {{friend}} {{a}}[%| percent] of {{b}} {{money}}{END}how much does "
        f"{{friend}} get",
        "{a}/100*{b}",
    ),
    (
        f"{{name}} has {{a}} {{things}} and {{friend}} has twice as many{END}{HOW_MANY} does "
        f"{{friend}} have",
        "{a}*2",
    ),
    (
        f"{{name}} is {{a}} and {{friend}} is [twice as old|double that age]{END}how old is "
        f"{{friend}}",
        "{a}*2",
    ),
    (
        f"a recipe needs {{a}} {{measure}} of flour and {{name}} makes double the "
        f"amount{END}how much flour is that",
        "{a}*2",
    ),
    (
        f"{{name}} has {{a}} {{things}} and {{friend}} has three times as many{END}{HOW_MANY} "
        f"does {{friend}} have",
        "{a}*3",
    ),
    (
        f"{{name}} [gets|wants] the triple of {{a}} {{money}}{END}how much is that",
        "{a}*3",
    ),
    (
        f"{{name}} has {{a}} {{things}} and gives half [of them|] away{END}{HOW_MANY} [are "
        "left|remain|is that]",
        "{a}/2",
    ),
    (
        f"{{name}} is {{a}} and {{friend}} is half as old{END}how old is {{friend}}",
        "{a}/2",
    ),
    (
        f"{{name}} and {{friend}} share {{a}} {{things}} [equally|half and half]{END}{HOW_MANY} "
        "does each get",
        "{a}/2",
    ),
    (
        f"{{name}} and two friends share {{a}} {{things}} equally{END}{HOW_MANY} does each get",
        "{a}/3",
    ),
    (
        f"a third of [the|] {{a}} {{things}} are [gone|sold|red]{END}{HOW_MANY} is that",
        "{a}/3",
    ),
    (
        f"a quarter of [the|] {{a}} {{people}} [went home|are ill|said no]{END}how many is that",
        "{a}/4",
    ),
)
"""Stories of two steps, and some with one number or with percent: the story and its expression."""
