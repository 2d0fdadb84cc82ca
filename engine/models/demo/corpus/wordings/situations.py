"""More stories: people whom a pronoun takes up again, comparisons, rates, prices, ages and times.

``@name``, ``@he``, ``@him`` and ``@his`` of a template stand for a boy in one story and for a girl
in another. The slots and the order of the numbers are those of ``STORIES``.
"""

from __future__ import annotations

from engine.models.demo.corpus.wordings.problems import END, MORE

PERSONS = (
    {"@name": "{boy}", "@he": "he", "@him": "him", "@his": "his"},
    {"@name": "{girl}", "@he": "she", "@him": "her", "@his": "her"},
)


def of_both(*templates: str) -> tuple[str, ...]:
    """Return each template once for a boy and once for a girl."""
    made = []
    for template in templates:
        for person in PERSONS:
            text = template
            for mark, word in person.items():
                text = text.replace(mark, word)
            made.append(text)
    return tuple(made)


NOW = "[now|then|in total|altogether|in all|in the end|]"
HAVE = "[have|have|own|hold]"
OF_THEM = "[{b}|{b} of them|{b} {things}|{b} of the {things}|{b} of @his {things}]"
WHEN_PAST = "[yesterday|last week|on Monday|in March|this morning|last summer|at the market|]"
WHEN_NEXT = "[tomorrow|next week|on Sunday|next month|this evening|later|]"
HOW_MANY = "[how many|how many {things}|what number of {things}]"
GAINS = "[gets|buys|finds|picks up|receives|wins|collects|borrows|makes|orders|is given|adds]"
GAIN = "[get|buy|find|pick up|receive|win|collect|borrow|make|order|add]"
GAINED = "[got|bought|found|picked up|received|won|collected|borrowed|made|ordered|was given]"
GIVES = "[loses|sells|gives away|uses|uses up|breaks|lends out|throws out|drops|donates|spends]"
GIVE = "[lose|sell|give away|use|use up|break|lend out|throw out|drop|donate]"
GAVE = "[lost|sold|gave away|used|used up|broke|lent out|threw out|dropped|donated|gave back]"
VEHICLE = "[bus|train|tram|car|van|lorry|boat|plane|bike]"
PLACE = "[school|library|museum|shop|farm|factory|hotel|garden|zoo|club|church|hospital]"
COLOUR = "[red|green|white|yellow|broken|large|wooden]"
COLOUR_2 = "[blue|black|brown|grey|new|tiny|plastic]"
WHERE = "[home|school|work|the beach|the station|the next town|the lake|grandma's house]"
SHARES = "[shares|splits|divides|deals out|hands out|gives out]"
SHARE = "[share|split|divide|deal out|hand out|give out]"
FAIRLY = "[equally|evenly|fairly|in equal parts|so that everyone gets the same|]"

SITUATIONS = {
    "+": (
        *of_both(
            f"@name has {{a}} {{things}}. [@he|then @he|later @he] {GAINS} {MORE}{END}"
            f"{HOW_MANY} does @he {HAVE} {NOW}",
            f"@name had {{a}} {{things}} {WHEN_PAST}. [@he|then @he|after that @he] {GAINED} "
            f"{MORE}{END}{HOW_MANY} did @he {HAVE} {NOW}",
            f"{HOW_MANY} [does @name|will @name] {HAVE} [if|when|after] @he [has|starts with] "
            f"{{a}} and {GAINS} {MORE}",
            f"@name will {GAIN} {{a}} {{things}} {WHEN_NEXT} and {{b}} [more|] [after "
            f"that|later|on "
            f"the day after]{END}{HOW_MANY} will @he [get|{HAVE}] {NOW}",
            f"@name {GAINED} {{a}} {{things}} [in the morning|in May|in one shop|from {{friend}}] "
            f"and {{b}} [in the afternoon|in June|in another shop|from the neighbours]{END}"
            f"{HOW_MANY} did @he [get|have] {NOW}",
            f"@name already has {{a}} {{things}}, and {{friend}} [gives|brings|sends|hands] @him "
            f"{MORE}{END}{HOW_MANY} does @he {HAVE} {NOW}",
            f"@name gave away {{a}} {{things}} and has {{b}} [left|now]{END}{HOW_MANY} did @he "
            f"have "
            "[before|at first|at the start]",
            f"@name is {{a}} [years old|]. {{friend}} is {{b}} years older [than @him|]{END}"
            "how old is {friend}",
            f"@name is {{a}} [years old|now|]{END}how old will @he be [in {{b}} years|{{b}} years "
            "from now|after {b} years]",
            f"@name [read|wrote|finished] {{a}} pages {WHEN_PAST} and {{b}} [pages|] today{END}"
            "how many pages [is that|did @he [read|write|finish]] [altogether|in total|]",
            "@name [spends|pays] {a} {money} on [food|a {thing}|the rent] and {b} [{money}|] on "
            f"[drinks|another {{thing}}|clothes]{END}how much [does @he spend|does @he pay|is "
            f"that] "
            "[altogether|in total|]",
            "@name [has|keeps] {a} {money} in [one|the first] [jar|pocket|account] and {b} "
            "[{money}|"
            f"] in [the other|another|the second]{END}how much [money|] does @he have {NOW}",
            f"@name [runs|walks|drives|cycles] {{a}} km [to {WHERE}|in the morning|on Monday] and "
            f"[another|then|] {{b}} km [to the shop|in the evening|on Tuesday]{END}"
            "how far [is that|does @he go|does @he travel] [altogether|in total|in all|]",
            "@name [works|studies|sleeps] {a} hours [on Monday|today] and {b} [hours|] "
            f"[on Tuesday|tomorrow]{END}how many hours is that [altogether|in total|]",
            "@name's [score|result] was {a} [points|] in the first [game|round|test] and {b} "
            f"[points|] in the second{END}[what is @his total|how many points is that {NOW}]",
        ),
        f"[the|a] {PLACE} [has|owns|needs|keeps] {{a}} {COLOUR} {{things}} and {{b}} {COLOUR_2} "
        f"[ones|{{things}}]{END}{HOW_MANY} [are there|is that|does it have] {NOW}",
        f"[the|a] {PLACE} had {{a}} {{things}} and [got|bought|received|ordered] {MORE}{END}"
        f"{HOW_MANY} does it have {NOW}",
        f"[out of|of] [the|all] {{things}}, {{a}} are {COLOUR} and {{b}} are {COLOUR_2}{END}"
        f"{HOW_MANY} are there [altogether|in total|in all|]",
        "[a|one] {group} [holds|contains|has] {a} {things}, the [other|next|second] "
        f"[one|{{group}}|] [holds|contains|has] {{b}}{END}{HOW_MANY} [are there|is that] {NOW}",
        f"{{a}} {{people}} [come|go|travel] by {VEHICLE} and {{b}} on foot{END}how many [people|"
        "{people}] [come|are there|is that] [altogether|in total|]",
        f"[on Saturday|in the first week|in spring] {{a}} {{people}} [came|visited|bought "
        f"tickets], "
        f"[on Sunday|in the second week|in autumn] {{b}}{END}how many [{{people}}|people|] "
        "[was that|came|is that] [altogether|in total|in both|]",
        f"{{a}} {{people}} join [a group of|a team of|a queue of] {{b}}{END}how many [people|"
        "{people}] are there now",
        "{friend} has {a} {things} more than {name}, who has {b}"
        f"{END}{HOW_MANY} does {{friend}} {HAVE}",
        f"{{name}} [has|owns] "
        f"{{a}} {{things}}. that is {{b}} [fewer|less] than {{friend}} has{END}"
        f"{HOW_MANY} does {{friend}} {HAVE}",
        "after [losing|giving away|selling|spending|using] {a} {things} [I have|we have|they have] "
        f"{{b}} left{END}{HOW_MANY} [were there|did [I|we|they] have] [before|at first|at the "
        f"start]",
        "the temperature [is|was] {a} degrees and [rises|climbs|rose|climbed|goes up] by {b} "
        f"[degrees|]{END}what is [the temperature|it] [now|then]",
        f"[this morning|at six|at night] it was {{a}} degrees, now it is {{b}} degrees [warmer|"
        f"hotter]{END}[what is the temperature|how warm is it] [now|]",
        f"a {{thing}} [costs|cost] {{a}} {{money}} and [delivery|shipping|the wrapping|the tax] "
        f"[is|costs|comes to|adds] {{b}} [{{money}}|]{END}[what do I pay|how much is that|what is "
        f"the "
        "full price] [in total|altogether|]",
        "[what|how much] [does it cost|do I pay|will it cost] [in total|altogether|] if the "
        "{thing} "
        "is {a} {money} and [delivery|the tip|the case] is {b} [{money}|]",
        f"the [price|rent|fee|bill] of {{a}} {{money}} [rises|goes up|is raised|increases] by "
        f"{{b}} "
        f"[{{money}}|]{END}what [is it|do we pay] [now|then|after that]",
        f"the [first|left] part of the [road|trip|rope|wall] is {{a}} {{unit}} long, the [second|"
        f"right] part {{b}} [{{unit}}|]{END}how long is [it|the whole] [altogether|in total|]",
        f"the [film|show|lesson] [lasts|takes] {{a}} minutes and the [break|talk|advert] {{b}} "
        f"[minutes|]{END}how [long|many minutes] is that [altogether|in total|]",
        f"a [cook|baker|recipe] [needs|uses] {{a}} {{measure}} of [rice|flour|milk] and {{b}} "
        f"{{measure}} [of sugar|of butter|more]{END}how [much|many {{measure}}] is that [in all|]",
        f"a [tree|plant|puppy|tower] is {{a}} {{unit}} [tall|high] and grows [by|another] {{b}} "
        f"{{unit}}{END}how [tall|high] [is it|will it be] [then|after that|]",
        f"a [parcel|box|bag] weighs {{a}} kg and [another|the other|the second] [one|] {{b}} "
        f"kg{END}"
        "how [heavy are they|much do they weigh|many kg is that] [together|altogether]",
        f"{{name}} and {{friend}} have {{a}} and {{b}} {{things}}{END}{HOW_MANY} do they have "
        "[together|altogether|in total]",
        f"{HOW_MANY} do {{name}} and {{friend}} have together if one has {{a}} and the other {{b}}",
        "{a} {things} [arrive|come in|are delivered] on Monday, {b} more on Friday"
        f"{END}{HOW_MANY} [are there|is that] {NOW}",
        f"{{who}} planted {{a}} [trees|roses|tulips] and {{b}} [bushes|herbs|daisies]{END}how many "
        "plants is that [altogether|in total|]",
        f"[we|they] [drove|flew|walked] {{a}} km on the first day and {{b}} km on the second{END}"
        "[how far|how many km] [was that|did [we|they] go] [altogether|in total|]",
        f"[I|we] [saved|earned] {{a}} {{money}} in [May|winter] and {{b}} [{{money}}|] in [June|"
        f"summer]{END}how much [money|] [is that|do we have] [altogether|in total|]",
        f"class A has {{a}} [pupils|children], class B has {{b}}{END}how many [pupils|children] "
        f"are "
        "[there|they] [altogether|in both|in total|together]",
        f"the [meter|counter|clock] [shows|is at|stands at] {{a}} and goes up by {{b}}{END}what "
        f"does "
        "it show [now|then|after that]",
        *of_both(
            f"@name needs {{a}} {{things}} for [@his home|the school] and {{b}} for {{friend}}"
            f"{END}{HOW_MANY} [does @he need|must @he get] {NOW}",
            f"@name [wrote|sent|answered] {{a}} [letters|mails|cards] {WHEN_PAST} and {{b}} today"
            f"{END}how many [is that|are those|in all]",
            f"@name [sold|lost|gave away] {{a}} {{things}} and [still has|kept|has] {{b}}{END}"
            f"{HOW_MANY} [were there|did @he have] [at first|at the start|in the beginning]",
            "if @name, who is {a} [now|], gets {b} years older, how old [is @he then|will @he be]",
            "how old will @name be [if|when] @he is {a} [now|today] and {b} years [pass|go by]",
            f"@name was {{a}} [years old|] when @he moved and has lived here for {{b}} years{END}"
            "how old is @he [now|]",
            f"@name is {{a}} cm tall and {{friend}} is {{b}} cm taller{END}how tall is {{friend}}",
            f"@name [has|owns] {{a}} {{things}}, {{b}} fewer than {{friend}}{END}{HOW_MANY} does "
            "{friend} have",
            f"@name weighs {{a}} kg and [carries|lifts] {{b}} kg{END}how much is that together",
            f"@name [slept|worked|trained] {{a}} minutes, then [went on for|did] {{b}} more{END}"
            "how [long|many minutes] was that [in all|altogether|]",
            f"@name [pays|owes] {{a}} {{money}} for the {{thing}}. the [bag|case|tax] adds {{b}}"
            f"{END}what [does @he pay|is the total]",
            f"when {{friend}} was {{a}}, @name was {{b}} years older{END}how old was @name",
            f"@name had {{a}} points and [scores|wins|adds] {{b}} [more|]{END}what is @his score "
            "[now|then]",
        ),
        f"{{a}} {{people}} [sit|wait|stand] in the [hall|room|garden] and {{b}} [more|others] "
        f"[come in|walk in|join them|turn up]{END}how many [are there|are they|{{people}} is "
        "that] [now|then|]",
        f"a [club|choir|team|class] of {{a}} [members|people] [takes in|is joined "
        f"by|welcomes|gets] "
        f"{{b}} [new ones|more|newcomers]{END}how [big|large] is it [now|then]",
        f"{{a}} new {{people}} [join|are added] and {{b}} are [already there|here already]{END}"
        "how many does that make",
        f"the [bus|train|ship] starts with {{a}} {{people}} and {{b}} [get on|climb aboard|board "
        f"it] [later|at the next stop|on the way]{END}how many [are on it|ride on it] [now|then]",
        "[joining|combining] two [groups|classes|teams] of {a} and {b} {people} makes [a "
        "group|one] of [what size|how many]",
        f"there were {{a}} {{things}} [left|over|remaining] after {{b}} [had been|were] [sold|used|"
        f"taken]{END}{HOW_MANY} were there [at first|at the start|before]",
        f"[add|I add|we add] {{a}} {{things}} to a {{group}} that [holds|has] {{b}} already{END}"
        f"{HOW_MANY} [are in it|does it hold] [now|then]",
        "how long is the [way|road|trip] if the first [half|part|leg] is {a} km and the second "
        "[half|part|leg] {b} [km|]",
        "what is the [total|whole] [price|bill] [for|of] a {thing} at {a} and a {group} at "
        "{b} [{money}|]",
        f"the [price|fare|fee] was {{a}} {{money}} before it [rose|went up|climbed] by {{b}}{END}"
        "what is it [now|today]",
        f"our [stock|store|supply] was {{a}} {{things}} and a delivery of {{b}} [came|arrived] "
        f"[today|]{END}{HOW_MANY} [are in stock|do we have] now",
        f"{{a}} litres are in the [tank|pool] and {{b}} [litres|] are [poured in|added]{END}how "
        "[much|many litres] is in it [now|then]",
        f"on [Monday|Friday] we [counted|saw] {{a}} [birds|cars|ships], on [Sunday|Tuesday] {{b}}"
        f"{END}how many [did we see|is that] [in all|altogether|in total]",
        f"the [number|score|level] {{a}} [goes|moves|climbs] up [by|] {{b}} [points|steps|]{END}"
        "where does it stand",
        f"if {{friend}} has {{a}} {{things}} and {{name}} has {{b}} more than {{friend}}, "
        f"{HOW_MANY} does {{name}} have",
        f"{{name}} is {{a}} years younger than {{friend}}, and {{name}} is {{b}}{END}how old is "
        "{friend}",
        f"a number is {{a}} more than {{b}}{END}[what is it|which number is it|find the number]",
    ),
    "-": (
        *of_both(
            f"@name has {{a}} {{things}}. [@he|then @he|later @he] {GIVES} {OF_THEM}{END}"
            f"{HOW_MANY} [does @he have left|are left|does @he still have|remain]",
            f"@name had {{a}} {{things}} {WHEN_PAST}. [@he|then @he|after that @he] {GAVE} "
            f"{OF_THEM}{END}{HOW_MANY} [did @he have left|were left|does @he have now|remained]",
            f"{HOW_MANY} [are left|does @name have left|will @name have left|remain] "
            f"[if|when|after]"
            f" @he [has|starts with] {{a}} and {GIVES} {{b}}",
            f"@name has {{a}} {{things}} and will {GIVE} {OF_THEM} {WHEN_NEXT}{END}"
            f"{HOW_MANY} will [@he have left|be left|@he still have]",
            f"@name gives {{friend}} {{b}} of @his {{a}} {{things}}{END}{HOW_MANY} [does @he have "
            "left|are left|does @he keep|has @he got left]",
            f"@name [took|brought|packed] {{a}} {{things}} to {WHERE} and [came back|came home|"
            f"returned] with {{b}}{END}{HOW_MANY} [did @he leave there|did @he lose|are missing]",
            f"after [buying|getting|finding|making] {{b}} {{things}} @name has {{a}}{END}"
            f"{HOW_MANY} did @he have before",
            f"@name has {{a}} {{things}}, {{friend}} has {{b}}{END}how many more does @he have "
            "[than {friend}|]",
            f"@name has {{a}} {{things}}, which is {{b}} more than {{friend}} has{END}"
            f"{HOW_MANY} does {{friend}} have",
            f"@name [wants|needs|hopes] to [collect|sell|make|find] {{a}} {{things}} and has {{b}} "
            f"[so far|already|now]{END}how many [does @he still need|are still "
            f"missing|more "
            "does @he need]",
            f"@name is {{a}} [years old|]. {{friend}} is {{b}} years younger [than @him|]{END}"
            "how old is {friend}",
            f"@name is {{a}} [years old|now|]{END}how old was @he {{b}} years [ago|earlier|before]",
            f"@name is {{a}} and {{friend}} is {{b}} years old{END}[how many years older is "
            f"@he|how "
            "much older is @name|what is the age difference]",
            "@name has {a} {money} and [spends|pays|gives away|loses|lends {friend}] {b} "
            "[{money}|] "
            f"[on food|on a {{thing}}|for the rent|]{END}how much [money|] [does @he have left|is "
            "left|remains]",
            "@name [pays with|hands over|gives the cashier] {a} {money} for a {thing} [that "
            "costs|at|"
            f"for] {{b}} [{{money}}|]{END}how much [change|money] does @he get [back|]",
            f"a book has {{a}} pages and @name [has read|read|finished] {{b}} [of them|pages|]{END}"
            "how many [pages|] [are left|does @he still have to read|remain]",
            f"@name has to [drive|walk|run|cycle] {{a}} km to {WHERE} and has [done|covered] {{b}} "
            f"[km|]{END}how [far|many km] [is left|is it still|does @he still have to go]",
            "@name weighed {a} kg [last year|in spring] and [lost|has lost] {b} [kg|]"
            f"{END}[how much does @he weigh|what is @his weight] now",
        ),
        f"[the|a] {PLACE} had {{a}} {{things}} and [sold|lost|gave away|removed|used] {{b}} [of "
        f"them|"
        f"]{END}{HOW_MANY} [does it have left|are left|remain]",
        f"of {{a}} {{things}}, {{b}} are {COLOUR} [and the rest are {COLOUR_2}|]{END}"
        f"{HOW_MANY} are in the rest",
        f"[there are|we have] {{a}} {{things}} in [the|a] {PLACE}, {{b}} of them {COLOUR}{END}"
        "how many are [different|something else|of another kind]",
        f"{{a}} {{people}} [are on|sit in|ride on] a {VEHICLE} and {{b}} [get off|leave|climb out]"
        f"{END}how many [are still on it|are left|stay on|remain]",
        f"{{a}} {{people}} were invited and {{b}} [did not come|could not come|stayed at home|were "
        f"ill]{END}how many [came|were there|did come]",
        f"{{b}} of {{a}} {{people}} [are|were] [men|boys|early|members]{END}how many [are|were] "
        f"not",
        f"[there were|we had|they had] {{a}} {{things}} and now there are [only|] {{b}}{END}"
        f"{HOW_MANY} [are gone|are missing|got lost|have gone|disappeared]",
        f"[yesterday|at noon|last week] there were {{a}} {{things}}, [today|now|this week] there "
        f"are "
        f"{{b}}{END}how many [fewer|less] [is that|are there|are there now]",
        f"{{name}} has {{b}} {{things}} [fewer|less] than {{friend}}, who has {{a}}{END}"
        f"{HOW_MANY} does {{name}} have",
        f"{HOW_MANY} more does {{name}} need [to have|for|to reach] {{a}} if {{name}} "
        "[has|already has|only has] {b}",
        "how many [fewer|less] {things} does {friend} have [if|when] {name} has {a} and {friend} "
        "[only|] {b}",
        "the temperature [is|was] {a} degrees and [falls|drops|fell|dropped|sinks] by {b} "
        f"[degrees|]{END}what is [the temperature|it] [now|then]",
        f"[at noon|by day|today] it is {{a}} degrees, [at night|by night|tomorrow "
        f"it will be] {{b}} [degrees|]{END}[what is the difference|how many degrees is the "
        "difference|how much colder is that]",
        f"[a|the] {{thing}} costs {{a}} {{money}}, [but|and] [I have a coupon for|there is a "
        f"discount "
        f"of|the shop takes off] {{b}} [{{money}}|]{END}[what do I pay|how much is it then|what is "
        "the price]",
        f"[a|the] {{thing}} costs {{a}} {{money}} in one shop and {{b}} in [another|the other]{END}"
        "how much [cheaper is the second|is the difference|do I save [there|]]",
        f"the [price|rent|fee|bill] of {{a}} {{money}} [falls|goes down|is cut|is lowered|drops] "
        f"by "
        f"{{b}} [{{money}}|]{END}what [is it|do we pay] [now|then|after that]",
        f"[we|they] [had|saved] {{a}} {{money}} and [spent|paid|used] {{b}} on the "
        f"[holiday|party|car]"
        f"{END}how much [is left|remains|do [we|they] have left]",
        "how much [money|] is left [of|from] {a} {money} after [paying|spending|buying food for] "
        "{b}",
        "how much change [do I get|is that|do I get back] [from|for|out of] {a} [{money}|] if [I "
        "pay|"
        "the {thing} costs|it costs|I spend] {b}",
        f"a [rope|ribbon|pipe|board] is {{a}} {{unit}} long and {{b}} {{unit}} are cut off{END}"
        "how [long is the rest|much is left|long is it now]",
        f"one [rope|road|river|wall] is {{a}} {{unit}} long, [another|the other] [one|] {{b}}{END}"
        "[how much longer is the first|what is the difference|how much shorter is the second]",
        f"one [tower|tree|hill] is {{a}} {{unit}} [high|tall], [another|the other] is {{b}}{END}"
        "[how much higher is the first|what is the difference|how much lower is the second]",
        f"the way to {WHERE} is {{a}} km and [we|they|I] [went|drove|walked] {{b}} [km|] [so far|"
        f"already|]{END}how [far is the rest|much is left|many km are left]",
        f"a [tank|bucket|barrel|bottle] [holds|has|contains] {{a}} litres and {{b}} [litres|] "
        f"[leak "
        f"out|are used|flow out|are missing]{END}how [much is left|many litres are left|much "
        f"remains]",
        f"a [film|lesson|match|flight] takes {{a}} minutes and {{b}} [minutes|] have passed{END}"
        "how [many minutes are left|much longer does it take|long does it still take]",
        f"a [battery|phone] is at {{a}} percent and loses {{b}} [percent|]{END}what is it at [now|"
        "then]",
        "a [bag|box] with [fruit|sand|books] weighs {a} kg, the [bag|box] alone weighs {b} [kg|]"
        f"{END}how [much|heavy] is the rest",
        f"[a|the] {PLACE} has room for {{a}} {{things}} and {{b}} are [there|in it] [already|]{END}"
        "how many more [fit|fit in|can come]",
        f"[a|the] {PLACE} has {{a}} {{people}}, {{b}} are [on holiday|ill|away|late]{END}how many "
        "are [there|here|at work]",
        f"our team [won|scored|made] {{a}} points, the other [team|] {{b}}{END}[how many points "
        f"more "
        "did we get|by how many points did we win|how much better were we]",
        f"{{a}} {{things}} were [ordered|needed|planned] but only {{b}} [came|arrived|were "
        f"made]{END}"
        f"{HOW_MANY} [are missing|are still to come|did not come]",
        "the [sum|total] of two numbers is {a} and one of them is {b}"
        f"{END}[what is|which is|find] the other [one|number|]",
        f"[a|the] {VEHICLE} left with {{a}} {{people}} and arrived with {{b}}{END}how many "
        "[{people}|people|] got off",
        f"[the|a] {{group}} is full with {{a}} {{things}}. {{b}} are [eaten|sold|taken out|removed]"
        f"{END}{HOW_MANY} [are left|are still in it|remain]",
        *of_both(
            f"@name [bought|got|baked] {{a}} {{food}} and {{b}} [of them|] were [eaten|gone|bad]"
            f"{END}how many [can @he still eat|are left|were left]",
            f"out of @his {{a}} {{things}}, @name [keeps|wants] only {{b}}{END}{HOW_MANY} does @he "
            "[give away|get rid of|part with]",
            f"@name owes {{friend}} {{a}} {{money}} and has paid back {{b}}{END}how much does @he "
            "still owe",
            f"@name is {{b}} cm tall and {{friend}} is {{a}} cm [tall|]{END}how much taller is "
            "{friend}",
            f"@name is {{b}} and {{friend}} is {{a}}{END}how much older is {{friend}} [than @him|]",
            f"@name [turns|is] {{a}} this year and moved here when @he was {{b}}{END}how many "
            f"years "
            "ago was that",
            f"@name's {{thing}} cost {{a}} {{money}}, {{friend}}'s only {{b}}{END}how much [more "
            f"did "
            "@name pay|cheaper was the other one|less did {friend} pay]",
            f"@name [ran|swam|cycled] {{a}} metres and {{friend}} [only|] {{b}}{END}how [much "
            f"farther|"
            "much further|many metres more] did @name get",
            f"@name has {{b}} {{money}} and the {{thing}} costs {{a}}{END}how much [is @he short|"
            "more does @he need|is missing|must @he still save]",
            f"@name starts with {{a}} {{things}} and [ends|ends up|is left] with "
            f"{{b}}{END}{HOW_MANY} "
            "did @he [lose|use|give away]",
            f"@name takes {{b}} {{things}} [out of|from] a {{group}} [of|with|that holds] "
            f"{{a}}{END}"
            f"{HOW_MANY} [stay in it|are left in it|stay|remain]",
            f"@name reads a book of {{a}} pages and is on page {{b}}{END}how many [pages|] [does "
            f"@he "
            "have left|are still to come|remain]",
        ),
        f"{{b}} of {{a}} {{people}} [walk out|drop out|give up|go home|do not come]{END}how many "
        "[stay|are left|go on|remain]",
        f"a [club|choir|team|class] of {{a}} loses {{b}} [members|people|of them]{END}how many "
        "[does it have left|are left|stay]",
        f"[first|at first] {{a}} {{people}} [are|were] there, [later|in the end] only "
        f"{{b}}{END}how "
        "many [left|have left|went home|went away]",
        f"[the|a] {{thing}} [was|cost] {{a}} {{money}} and is now {{b}} [{{money}}|] cheaper{END}"
        "[what|how much] does it cost now",
        f"the [old|first] price is {{a}} {{money}}, the [new|second] one {{b}}{END}[how much lower "
        "is it|what is the gap|how far has it fallen|how much cheaper is that]",
        "between {a} {money} here and {b} [{money}|] there, [what is the difference|how "
        "big "
        "is the gap|how much do I save]",
        f"[one|the first] {{group}} has {{a}} {{things}}, the other [has|only] {{b}}{END}[how many "
        "more are in the first|by how many do they differ|what is the difference|how big is the "
        "gap]",
        f"two {{people}} are {{a}} and {{b}} years old{END}[how big is the age gap|how far apart "
        f"are "
        "they in age|what is the difference]",
        f"the town is {{a}} km away and the lake {{b}} [km|]{END}how much [farther|further] is the "
        "town",
        f"one train is at km {{a}}, another at km {{b}}{END}how far apart are they",
        f"it is {{a}} degrees [inside|in the sun] and {{b}} [outside|in the shade]{END}[how many "
        "degrees apart is that|what is the difference|how big is the gap]",
        f"the [tank|glass|bag] holds {{a}} litres and has {{b}} in it{END}how [much|many litres] "
        "[fits in still|can I add|is missing until it is full]",
        f"we need {{a}} {{things}} but {{b}} are [missing|not here yet|still to "
        f"come]{END}{HOW_MANY} "
        "do we have",
        f"of {{a}} {{things}} we [use|need|take] {{b}}{END}{HOW_MANY} [stay|are left over|are not "
        "needed|remain]",
        f"{{a}} {{things}} less the {{b}} that [broke|were sold|got lost]{END}{HOW_MANY} is that",
        "how much [money|] is missing if the bill is {a} {money} and I have {b}",
        "what is still to pay if {b} of {a} {money} [are|have been] paid",
        "how many [seats|places|beds] stay free if {b} of {a} are taken",
        f"a number is {{b}} less than {{a}}{END}[what is it|which number is it|find the number]",
        f"adding {{b}} to a number [makes|gives] {{a}}{END}[what is it|which number is it|find it]",
        f"[two numbers add up to|the sum of two numbers is] {{a}}. [one is|one of them is|the "
        f"first "
        f"is] {{b}}{END}[what is the second|which is the other|how big is the other|find the "
        f"other]",
        f"[together|in all] {{name}} and {{friend}} have {{a}} {{things}}, {{b}} of them are "
        f"{{friend}}'s{END}{HOW_MANY} [does {{name}} have|are {{name}}'s]",
        f"{{name}} is {{a}}, [which is|that is] {{b}} years more than {{friend}}{END}how old is "
        "{friend}",
        f"a [rope|plank|pipe] of {{a}} {{unit}} is {{b}} {{unit}} too long{END}how long should it "
        "be",
    ),
    "*": (
        *of_both(
            f"@name [buys|bought|has|had|packs|ordered] {{a}} {{groups}} [with|of] {{b}} "
            f"{{things}} "
            f"[each|in each|]{END}{HOW_MANY} [is that|does @he have|did @he get] "
            "[altogether|in total|in all|]",
            "@name [buys|bought|orders|needs] {a} {things}. [each|every one|one] costs {b} {money}"
            f"{END}how much [does @he pay|is that|does it cost] [altogether|in total|]",
            f"@name [earns|makes|gets] {{a}} {{money}} [an|per|every] hour and works {{b}} "
            f"hours{END}"
            "how much [does @he earn|does @he get|money is that|is that]",
            "@name [earned|saved|spent|got] {a} {money} [every|each|a] {period} [for|during] {b} "
            f"{{period}}s{END}how much [was that|is that|did @he [earn|save|spend]] "
            "[altogether|in total|]",
            "@name will [save|earn|pay|spend] {a} {money} [every|each|a] {period}"
            f"{END}how much [is that|will it be] [after|in|over] {{b}} {{period}}s",
            "@name [reads|writes|learns|types] {a} [pages|words|letters] [every|each|a|per] "
            "{period}"
            f"{END}how many [is that|does @he [read|write|learn]] in {{b}} {{period}}s",
            "@name [runs|swims|walks|cycles] {a} km [every|each|a] {period}"
            f"{END}[how far|how many km] [is that|does @he go] in {{b}} {{period}}s",
            f"@name [drives|rides|runs|travels] [for|] {{a}} hours at {{b}} km [per|an] hour{END}"
            "[how far|how many km] does @he [get|go|travel]",
            f"@name has {{a}} {{things}} and {{friend}} has {{b}} times [as many|that number]"
            f"{END}{HOW_MANY} does {{friend}} have",
            f"@name is {{a}} [years old|] and {{friend}} is {{b}} times as old{END}how old is "
            f"{{friend}}",
            f"@name [gives|hands|sends] {{a}} {{things}} to each of @his {{b}} [friends|cousins|"
            f"neighbours|guests]{END}{HOW_MANY} [is that|does @he give away|does @he need] "
            "[altogether|in total|]",
            f"@name [plants|puts up|lays|builds] {{a}} rows of {{b}} {{things}}{END}{HOW_MANY} [is "
            "that|are there] [altogether|in total|]",
            f"{HOW_MANY} does @name [have|need|get] if @he [fills|buys|orders] {{a}} {{groups}} "
            "with {b} in each",
        ),
        f"[the|a] {PLACE} [has|owns|bought|keeps] {{a}} {{groups}} [with|of] {{b}} {{things}} "
        f"[each|in each]{END}{HOW_MANY} [is that|are there|does it have] "
        "[altogether|in total|in all|]",
        f"[the|a] {PLACE} [uses|sells|makes|needs|gets] {{a}} {{things}} [a|per|every|each] "
        f"{{period}}{END}{HOW_MANY} [is that|does it [use|sell|make|need|get]] in {{b}} "
        f"{{period}}s",
        f"{{a}} {{people}} [bring|carry|own|take|buy] {{b}} {{things}} [each|apiece]{END}"
        f"{HOW_MANY} [is that|are there] [altogether|in total|in all|]",
        f"[if|when] {{a}} {{people}} [each|all] [bring|carry|take|get|want] {{b}} {{things}}, "
        f"{HOW_MANY} [is that|are there|are needed|do we need]",
        f"every one of {{a}} {{people}} [pays|gives|donates|owes] {{b}} {{money}}{END}how much "
        "[money|] [is that|comes together|do we get] [altogether|in total|]",
        f"a [ticket|room|meal|lesson] [is|costs] {{a}} {{money}} and [we are|there are|I need it "
        f"for] {{b}} [people|{{people}}]{END}[how much|what] [is that|do we pay|does it cost] "
        "[altogether|in total|]",
        "[what|how much] [do|would|will] {a} {things} cost [if|when] [one|each|every one] "
        "[is|costs] "
        "{b} {money}",
        "[what|how much] do [I|we] [pay|need] for {a} [nights|days|hours] at {b} {money} [each|"
        "apiece]",
        f"one {{thing}} [costs|is|sells for] {{a}} {{money}}, and [I|we|they] [need|take|sell|buy] "
        f"{{b}} [of them|]{END}how much [is that|money is that] [altogether|in total|]",
        f"a [metre|kilo|litre|bag|pound] of [cloth|rice|milk|sand] costs {{a}} {{money}}{END}[what|"
        "how much] [do|would] {b} cost",
        f"[a|the] {VEHICLE} [goes|travels|moves] at {{a}} km [per|an] hour for {{b}} hours{END}"
        "[how far|how many km] [does it go|does it get|is that]",
        f"[a|the] {VEHICLE} [uses|needs|burns] {{a}} litres [a|per|every] {{period}}{END}how many "
        "litres [is that|does it [use|need]] in {b} {period}s",
        f"[a|the] {VEHICLE} has room for {{a}} people{END}how many people [fit into|can go in|can "
        "travel in] {b} of them",
        f"[a|the] [machine|printer|worker|pump|baker] [makes|prints|fills|handles] {{a}} "
        f"{{things}} [an|per|every] hour{END}{HOW_MANY} [is that|does it make|are ready] "
        "[in|after] {b} hours",
        f"[a|the] [heart|wheel|clock|light] [beats|turns|ticks|blinks] {{a}} times [a|per] minute"
        f"{END}how [many times|often] is that in {{b}} minutes",
        f"[a|the] [tap|pump|pipe] gives {{a}} litres [a|per] minute{END}how many litres [is "
        f"that|come "
        "out] in {b} minutes",
        f"there are {{a}} {{period}}s left and [we|I|they] [need|use|pay|save] {{b}} {{money}} "
        f"[a|per|"
        f"each|every] {{period}}{END}how much is that [altogether|in total|]",
        f"a [field|garden|floor|carpet|pool|window] is {{a}} {{unit}} by {{b}} "
        f"[{{unit}}|]{END}[what "
        "is its area|how large is it|how big is the area|find the area]",
        "[what is|find|how big is] the area of a [field|garden|floor|carpet|wall|room] of {a} by "
        "{b} "
        "{unit}",
        f"a [chessboard|sheet|quilt|wall|box] has {{a}} rows of {{b}} squares"
        f"{END}how many [squares|] [are there|is that] [altogether|in total|]",
        f"[a book|an album] has {{a}} pages with {{b}} [photos|stamps|lines|words] on each "
        f"[page|]{END}"
        "how many [are there|is that] [altogether|in total|]",
        f"a [house|hotel|school|tower] has {{a}} floors. [each|every] floor has {{b}} "
        f"[windows|doors|"
        f"rooms|lamps]{END}how many [is that|are there] [altogether|in total|in the whole "
        f"building]",
        f"one [pupil|guest|worker|player] needs {{a}} {{things}}{END}{HOW_MANY} do {{b}} [of "
        f"them|] "
        "need",
        f"{{a}} [teams|classes|groups|tables] have {{b}} {{people}} each{END}how many [{{people}}|"
        "people|] [are there|is that] [altogether|in total|]",
        f"[a|one] [box|bag|brick|ball|dog] weighs {{a}} kg{END}how [much|many kg] do {{b}} [of "
        f"them|] "
        "weigh [together|altogether|]",
        f"[a|one] [step|board|tile|car|stick] is {{a}} {{unit}} long{END}how long are {{b}} of "
        f"them "
        "[in a row|in line|one after the other|together]",
        f"[a|one] [lesson|song|lap|film|call] [takes|lasts] {{a}} minutes{END}how long do {{b}} "
        f"[of "
        "them|] take",
        "how many [{things}|] [are there|do we have|is that] [altogether|in total|] in {a} "
        "{groups} "
        "[if|when] [each|every one] [holds|has|contains] {b}",
        f"{{things}} come in {{groups}} of {{a}}. [we|I|they] [need|buy|order] {{b}} "
        f"{{groups}}{END}"
        f"{HOW_MANY} [is that|do [we|I|they] get]",
        *of_both(
            f"@name [makes|bakes|sews|paints] {{a}} {{things}} [a|every|each] day and does so for "
            f"{{b}} days{END}{HOW_MANY} [is that|are there|does @he make]",
            f"@name [buys|takes|wants] {{a}} of the {{things}} at {{b}} {{money}} "
            f"[each|apiece]{END}"
            "what [does @he pay|is the bill|is the total]",
            f"@name does {{a}} [laps|lengths|rounds] of {{b}} metres{END}how [far|many metres] is "
            "that",
            f"@name has {{a}} {{groups}}. {{b}} {{things}} are in [each|every one]{END}{HOW_MANY} "
            "does @he have",
            f"@name [drinks|uses|needs] {{a}} litres [a|per|every] {{period}}{END}how many litres "
            f"is "
            "that [in|for|over] {b} {period}s",
            f"@name is {{a}} and @his teacher is {{b}} times as old{END}how old is the teacher",
            f"@name gets {{a}} {{money}} for [each|every] {{thing}} and sells {{b}}{END}how much "
            "[does @he get|money is that] [in all|altogether|]",
            f"@name has to take {{a}} pills [a|every] day for {{b}} days{END}how many pills are "
            "that",
            f"@name [types|reads] {{a}} words [a|per] minute{END}how many words is that in {{b}} "
            "minutes",
            f"@name [cuts|breaks] {{a}} {{food}} into {{b}} pieces each{END}how many pieces [are "
            "there|does @he get|is that]",
            f"@name shared some {{things}} and each of {{a}} {{people}} got {{b}}{END}{HOW_MANY} "
            f"were "
            "there [at first|to begin with|in all]",
        ),
        f"{{things}} [come|are sold|are packed] in {{groups}} of {{a}} and [I|we|they] [order|buy|"
        f"get|take] {{b}} [of those|{{groups}}|]{END}{HOW_MANY} [is that|are those|in all]",
        f"[a|one|every] [book|diary|album|report] has {{a}} pages{END}how many pages do {{b}} of "
        "them have [in all|together|]",
        "[if|when] one [book|album|file] has {a} pages, how many [pages|] [are in|are there in|"
        "do you find in] {b} [of them|]",
        f"{{a}} {{people}} each [buy|bring|read|get] {{b}} {{things}}{END}{HOW_MANY} is that [in "
        "all|together|altogether|]",
        f"a [hall|field|theatre|garden] has {{a}} rows, each with {{b}} [seats|plants|chairs|lamps]"
        f"{END}how many [are there|is that] [in all|altogether|in total|]",
        f"in [a|the] [car park|orchard|class room] there are {{a}} rows of {{b}} [cars|trees|desks]"
        f"{END}how many [is that|are there|does it have]",
        f"we [set up|lay out|plant] {{a}} rows [of|with] {{b}} {{things}}{END}{HOW_MANY} [do we "
        f"need|"
        "is that|are needed]",
        "how many [seats|chairs|trees] are in {a} rows [if|when] every row has {b}",
        "at {a} {money} a piece, [what|how much] do {b} {things} cost",
        f"the rent is {{a}} {{money}} a {{period}}{END}what does it come to in {{b}} {{period}}s",
        f"a ticket [is|costs] {{a}} {{money}}. {{b}} {{people}} go{END}[what|how much] do they pay "
        "[together|in all|altogether]",
        f"[an hour|a lesson|a night] costs {{a}} {{money}}{END}[what|how much] [is|do I pay for] "
        "{b}",
        f"{{a}} {{things}} fit [into|in] one {{group}}{END}{HOW_MANY} fit [into|in] {{b}} [of them|"
        "these]",
        f"{{a}} [trucks|boats|carts] carry {{b}} {{groups}} each{END}how many {{groups}} [is "
        f"that|are "
        "carried|can they carry]",
        f"{{a}} [workers|helpers|players] each get {{b}} {{money}}{END}how much [money|] is "
        f"[needed|"
        "paid out|that in all]",
        f"a [snail|train|runner] covers {{a}} metres [a|per|every] minute{END}how far does it get "
        f"in "
        "{b} minutes",
        f"it takes {{a}} minutes to [make|paint|wash] one {{thing}}{END}how [long|many minutes] "
        f"does "
        "it take for {b}",
        f"a group is split into {{a}} teams of {{b}} {{people}}{END}how many {{people}} are in the "
        "group",
        f"when [some|the] {{things}} are shared by {{a}} {{people}}, each gets "
        f"{{b}}{END}{HOW_MANY} "
        "are there [in all|to share]",
        f"a number divided by {{a}} [is|gives] {{b}}{END}[what is it|which number is it|find the "
        "number]",
        f"one {{thing}} weighs {{a}} grams{END}what is the weight of {{b}} [of them|such ones]",
        f"{{friend}} has {{a}} {{things}}. {{name}} has {{b}} times that [many|number]{END}"
        f"{HOW_MANY} does {{name}} have",
        f"a [year|month|week] has {{a}} [days|hours|lessons]{END}how many are in {{b}} of them",
    ),
    "/": (
        *of_both(
            f"@name has {{a}} {{things}} and {SHARES} them {FAIRLY} [among|between] {{b}} "
            f"{{people}}"
            f"{END}{HOW_MANY} does [each|everyone|each of them|each one] get",
            f"@name {SHARES} {{a}} {{things}} {FAIRLY} [among|between] {{b}} {{people}}{END}"
            f"{HOW_MANY} does [each|everyone|each of them|each one] get",
            f"@name wants to {SHARE} {{a}} {{things}} {FAIRLY} [among|between] {{b}} "
            f"{{people}}{END}"
            f"{HOW_MANY} will [each|everyone|each of them|each one] get",
            f"@name puts {{a}} {{things}} [into|in] {{b}} {{groups}}, the same number in each{END}"
            f"{HOW_MANY} [are in each|are in one|go into each]",
            f"@name puts {{a}} {{things}} [into|in] {{groups}}, {{b}} in each{END}how many "
            "[{groups}|] [does @he need|does @he fill|are there]",
            f"@name [needs|uses|eats|sells] {{b}} {{things}} [a|per|every] {{period}}{END}how many "
            "{period}s [will|do] {a} [{things}|] last",
            f"@name [paid|spent] {{a}} {{money}} [for|on] {{b}} {{things}}, all at the same "
            f"price{END}how much [was one|did one cost|was each|did each cost]",
            f"@name has {{a}} {{money}}. [a|one|each] {{thing}} costs {{b}}{END}how many [of "
            f"them|] "
            "can @he [buy|get|afford]",
            f"@name [earned|made|got] {{a}} {{money}} in {{b}} hours{END}how much [is that|did @he "
            "[earn|make|get]] [an|per] hour",
            f"@name [earned|saved|spent] {{a}} {{money}} in {{b}} {{period}}s{END}how much [is "
            f"that|was "
            "that] [a|per|each] {period}",
            f"@name [drove|cycled|walked|ran] {{a}} km in {{b}} hours{END}[how fast was @he|what "
            f"was "
            "@his speed|how many km did @he [go|make] [an|per] hour]",
            f"@name [reads|learns|types] {{b}} [pages|words] [a|per|every] {{period}}{END}how many "
            "{period}s does @he need for {a} of them",
            f"@name saves {{b}} {{money}} [a|per|every|each] {{period}} and needs {{a}}{END}how "
            f"many "
            "{period}s [does it take|must @he save|does @he need]",
            f"@name has {{a}} {{things}}, {{friend}} has {{b}}{END}how many times as many does @he "
            "have",
            "@name [cuts|saws|divides] a [rope|board|ribbon] of {a} {unit} into {b} equal [pieces|"
            f"parts]{END}how long is [each|each piece|one piece|every piece]",
        ),
        f"[the|a] {PLACE} [has|got|bought] {{a}} {{things}} for {{b}} [rooms|classes|groups|teams]"
        f"{END}{HOW_MANY} [does each get|are there for each|is that for each]",
        f"[the|a] {PLACE} [uses|used|sold|made] {{a}} {{things}} in {{b}} {{period}}s{END}"
        f"{HOW_MANY} [is that|was that] [a|per|each] {{period}}",
        f"{{a}} {{things}} are [dealt out|handed out|given out|divided up] {FAIRLY} to {{b}} "
        f"{{people}}{END}{HOW_MANY} does [each|everyone|each of them] get",
        f"{{b}} {{people}} [pick|find|get|win|receive] {{a}} {{things}} together and {SHARE} them "
        f"{FAIRLY}{END}{HOW_MANY} does [each|everyone|each of them] get",
        f"{HOW_MANY} does [each|everyone|every one] of [the|] {{b}} {{people}} get [if|when] {{a}} "
        f"are [shared|split|dealt out|handed out]",
        f"{HOW_MANY} [go into|are in|fit in] each {{group}} [if|when] {{a}} are [packed|put|split] "
        "into {b} of them",
        "how many {groups} are [needed|necessary] for {a} {things} [if|when] each [holds|takes|has "
        "room for] {b}",
        f"{{things}} come in {{groups}} of {{b}}{END}how many {{groups}} do [I|we|they] need for "
        f"{{a}} "
        "[{things}|]",
        f"{{a}} {{things}} are [put|packed|laid|placed] in {{groups}} of {{b}}{END}how many "
        f"{{groups}} "
        "[are there|is that|are full|are needed]",
        f"{{a}} {{people}} [travel|go|ride] in cars with {{b}} in each{END}how many cars "
        "[are there|are needed|is that]",
        f"a {VEHICLE} takes {{b}} {{people}}{END}how many trips [are needed|does it take|does it "
        "need] for {a} [{people}|people|of them]",
        f"{{a}} {{people}} [form|make|line up in] {{b}} [equal|] [teams|rows|groups|lines]{END}how "
        "many are in each",
        f"{{a}} {{people}} [form|make|line up in] [teams|rows|groups|lines] of {{b}}{END}how many "
        "[of them|] [are there|is that]",
        f"the [bill|rent|trip|present] [is|costs|comes to] {{a}} {{money}} and {{b}} {{people}} "
        f"share [it|the cost]{END}how much [does each pay|is that each|is "
        "that per person|does everyone pay]",
        f"[a|one] [pack|box|bag|set] of {{b}} {{things}} [costs|is|sells for] {{a}} "
        f"{{money}}{END}how "
        "much is [one|each|a single one|each one]",
        "what does [one|a single one|each] cost [if|when] {b} {things} [cost|are|come to] {a} "
        "{money}",
        f"for {{a}} {{money}} [I|we|you] get {{b}} {{things}}{END}[what|how much] does [one|each] "
        f"cost",
        "[how many|how many {things}] [do I get|can I buy|can we get|can we afford] for {a} "
        "{money} [if|when] [one|each] costs {b}",
        f"{{a}} {{money}} [are|is] to be [paid|paid back] in {{b}} equal "
        f"[payments|parts|instalments|"
        f"rates]{END}how much is [each|one|every payment|each payment]",
        f"[a|the] {VEHICLE} [goes|went|travels|travelled] {{a}} km in {{b}} hours{END}[how fast is "
        "that|what is its speed|how many km is that per hour|how far is that in one hour]",
        f"[it is|the trip is|the way is] {{a}} km and [we|I|they] [do|make|go] {{b}} km "
        f"[an|per|every] "
        f"hour{END}how [long does it take|many hours is that|many hours does it take]",
        f"[a|the] {VEHICLE} [uses|needs|used] {{a}} litres [in|for] {{b}} {{period}}s{END}how many "
        "litres [is that|was that] [a|per] {period}",
        f"[a|the] [machine|printer|worker|team] [makes|prints|packs] {{a}} {{things}} in {{b}} "
        f"hours"
        f"{END}{HOW_MANY} is that [an|per|in one] hour",
        f"[a|the] [machine|printer|worker|team] [makes|prints|packs] {{b}} {{things}} [an|per] hour"
        f"{END}how [long|many hours] does it take for {{a}} [{{things}}|of them]",
        f"[a|the] [tank|pool|barrel|bath] of {{a}} litres is filled with {{b}} litres [a|per] "
        f"minute{END}how [many minutes|long] does it take",
        f"[a|the] [field|garden|floor|room] has an area of {{a}} [square metres|] and [one "
        f"side|its "
        f"length|its width] is {{b}} [metres|]{END}[how long is the other side|what is the other "
        "side|how much is the other side]",
        f"{{b}} [bags|boxes|bricks|balls|books] weigh {{a}} kg [together|altogether|in "
        f"total]{END}how "
        "[much|many kg] does [one|each] weigh",
        f"{{b}} [lessons|songs|laps|films] take {{a}} minutes [together|altogether|in "
        f"total]{END}how "
        "long [is one|does one take|is each]",
        f"a [book|text|story] of {{a}} pages has {{b}} [equal|] chapters{END}how many "
        "pages are in [each|one]",
        f"{{name}} is {{a}} [years old|] and {{friend}} is {{b}}{END}how many times as old [is "
        "{name}|as {friend} is {name}]",
        f"{{friend}} is {{a}} years old, which is {{b}} times {{name}}'s age{END}how old is "
        f"{{name}}",
        "{friend} has {a} {things}, {b} times as many as {name}"
        f"{END}{HOW_MANY} does {{name}} have",
        f"the product of two numbers is {{a}} and one of them is {{b}}{END}[what is|which is|find] "
        f"the "
        "other [one|number|]",
        f"[there are|we have] {{a}} {{things}} [on|in] {{b}} {{groups}} with the same number in "
        f"each"
        f"{END}{HOW_MANY} [are in one|are in each|is that in each]",
        "[the food|the water|the rice] lasts for {a} meals, [we|they] [eat|have] {b} [meals|] "
        "[a|per] "
        f"day{END}how many days [is that|does it last]",
        *of_both(
            f"@name [has|gets|finds] {{a}} {{things}} and wants {{b}} equal "
            f"{{groups}}{END}{HOW_MANY} "
            "[go into each|must be in each|are in one]",
            f"@name [has|saved] {{a}} {{money}}. [a|one] {{thing}} is {{b}} {{money}}{END}how many "
            "[can @he pay for|does @he get|can @he have]",
            f"with {{a}} {{money}} @name buys {{things}} at {{b}} {{money}} [each|apiece]{END}how "
            "many does @he get",
            f"@name [hands|gives|deals] {{a}} {{things}} to {{b}} {{people}}, the same number to "
            f"[each|everyone]{END}{HOW_MANY} [does one get|are for each|is that each]",
            f"@name [took|needed] {{b}} days for {{a}} [pages|km|{{things}}]{END}how many is that "
            f"a "
            "day",
            f"@name [puts|sticks|packs] {{b}} {{things}} [on|in] each {{group}} and has "
            f"{{a}}{END}how "
            "many of those [does @he need|are needed|is that]",
            f"@name walks {{b}} km [an|every] hour{END}how [long|many hours] does @he need for "
            f"{{a}} "
            "km",
            f"@name's [father|mother|teacher] is {{a}}, {{b}} times as old as @he is{END}how old "
            f"is "
            "@name",
            f"@name paid {{a}} {{money}} [in all|altogether] for {{b}} equal {{things}}{END}what "
            f"did "
            "[one|each] cost",
        ),
        f"{{a}} {{things}} are [shared|split|divided] [so that|and] [each|every one] of {{b}} "
        f"{{people}} gets the same{END}{HOW_MANY} [is that each|does each get|does one get]",
        f"[share|split|divide] {{a}} {{things}} [equally|evenly|fairly] [among|between] {{b}} "
        f"{{people}}{END}[what is one share|what does each get|{HOW_MANY} each]",
        f"[if|when] {{b}} {{people}} share {{a}} {{things}} [equally|evenly|fairly], {HOW_MANY} "
        f"[does each get|are for each|does one of them get]",
        "what is [each|one] [share|part] if {a} {money} are [shared|split|divided] [equally|"
        "evenly|] [among|between] {b} {people}",
        "sharing {a} {things} [equally|evenly|] [among|between] {b} {people} gives how "
        "many "
        "each",
        f"there are {{a}} {{things}} and room for {{b}} in [each|every] {{group}}{END}how many "
        "of these [do we need|are needed|will be full]",
        f"[each|every|one] {{group}} [holds|takes] {{b}} and there are {{a}} {{things}} to "
        f"pack{END}"
        "how many of these [are needed|do we need|is that]",
        "how many {groups} [will|do] {a} {things} [fill|need] [if|when] {b} [go into|fit "
        "into|are put in] each",
        "how many {groups} must [we|I|they] [get|have|buy] so that {a} {things} fit, {b} "
        "in "
        "each",
        f"{{a}} [seats|chairs|plants] are in {{b}} equal rows{END}how many [are in one row|per row|"
        "does each row have]",
        f"{{a}} [seats|chairs|plants] in rows of {{b}}{END}how many rows [are there|is that|do we "
        "get]",
        f"{{b}} {{things}} [together|in all|altogether] cost {{a}} {{money}}{END}[what is the "
        f"price "
        "of one|how much is a single one|what does one of them cost]",
        f"{{b}} [nights|lessons|rides|days] cost {{a}} {{money}}{END}how much is [one|one of them]",
        f"one {{thing}} is {{b}} {{money}}{END}how many [of them|] are there for {{a}} {{money}}",
        f"{{a}} {{money}} [last|are enough for] {{b}} {{period}}s{END}how much [is that|can I "
        f"spend] "
        "[a|each|per] {period}",
        f"a [store|supply|stock] of {{a}} {{things}} [shrinks|goes down] by {{b}} [a|every] "
        f"{{period}}{END}how many {{period}}s does it last",
        f"{{b}} [machines|workers|printers] make {{a}} {{things}} [together|in all]{END}{HOW_MANY} "
        "does each make",
        f"the [trip|flight|race] is {{a}} km and takes {{b}} hours{END}[how many km are done in "
        f"one "
        "hour|what is the speed|how fast is that]",
        f"a number times {{b}} [is|gives] {{a}}{END}[what is it|which number is it|find the "
        f"number]",
        f"the area is {{a}} and one side is {{b}}{END}[how long is the other [side|]|what is the "
        "other side]",
        f"{{name}} has {{a}} {{things}}. that is {{b}} times as many as {{friend}} "
        f"has{END}{HOW_MANY} "
        "does {friend} have",
        f"it takes {{a}} minutes to make {{b}} {{things}}{END}how many minutes [is that for "
        f"one|does "
        "one take]",
        f"{{a}} {{people}} ride in {{b}} [buses|cars|boats], the same number in each{END}how many "
        "[sit in each|are in one|are in each]",
    ),
}  # fmt: skip
"""Stories for each operator; the expression has the numbers in the order {a}, {b}."""
