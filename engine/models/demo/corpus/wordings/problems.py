"""Word problems with two numbers, short ones and stories, and the nouns that stand in them."""

from __future__ import annotations

THINGS = (
    "apples", "books", "euros", "coins", "pens", "seats", "eggs", "chairs", "bottles", "stamps",
    "marbles", "cookies", "tickets", "boxes", "pages", "oranges", "bricks", "cards", "dollars",
    "shirts", "plates", "cups", "trees", "stickers", "bananas", "buttons", "stones", "cakes",
    "windows", "lamps", "keys", "tomatoes", "screws", "cars", "balls", "roses", "shells", "pounds",
    "candles", "litres", "photos", "songs", "sheep", "pizzas",
    "sandwiches", "pencils", "pears", "plums", "grapes", "cherries", "lemons", "carrots",
    "potatoes", "onions", "peppers", "mushrooms", "beans", "nuts", "melons", "peaches",
    "strawberries", "muffins", "pancakes", "biscuits", "sweets", "chocolates", "lollipops",
    "doughnuts", "waffles", "pretzels", "rolls", "loaves", "sausages", "olives", "crackers",
    "spoons", "forks", "knives", "glasses", "mugs", "towels", "pillows", "blankets", "socks",
    "shoes", "hats", "gloves", "scarves", "jackets", "dresses", "belts", "rings", "necklaces",
    "beads", "ribbons", "balloons", "kites", "dolls", "puzzles", "toys", "bikes", "boats", "tyres",
    "nails", "planks", "tiles", "ropes", "hammers", "bulbs", "batteries", "cables", "phones",
    "laptops", "letters", "postcards", "magazines", "newspapers", "notebooks", "crayons",
    "erasers", "rulers", "brushes", "posters", "paintings", "flowers", "tulips", "daisies",
    "seeds", "leaves", "feathers", "fish", "ducks", "hens", "goats", "cows", "horses", "rabbits",
    "frogs", "bees", "badges", "medals", "tokens", "flags", "bells", "drums",
)  # fmt: skip

GROUPS = (
    "boxes", "bags", "rows", "shelves", "crates", "baskets", "packs", "tables", "drawers", "rooms",
    "trays", "cases", "buses", "stacks", "buckets", "sets", "albums", "cartons", "piles", "jars",
    "sacks", "bins", "barrels", "bundles", "envelopes", "chests", "cupboards", "racks", "tins",
    "pots", "folders", "bunches", "suitcases", "lockers", "trucks", "pallets", "parcels", "tubs",
    "bowls", "heaps", "trolleys", "wagons",
)  # fmt: skip

PEOPLE = (
    "people", "children", "friends", "students", "players", "guests", "neighbours", "workers",
    "pupils", "teams", "families", "cats", "kids", "boys", "girls", "cousins", "colleagues",
    "classmates", "visitors", "brothers", "sisters", "tourists", "farmers", "passengers",
    "teachers", "women", "men", "campers", "dancers", "singers", "customers",
)  # fmt: skip

SUBJECTS = (
    "I", "we", "they", "you", "Anna", "Tom", "my sister", "Peter", "a farmer", "Maria", "the shop",
    "she", "he", "my friend", "the school", "Lena", "Ben", "a baker", "Sam", "Emma", "my brother",
    "my mother", "my father", "the teacher", "our neighbour", "the children", "Paul", "Sofia",
    "the team", "a gardener", "the cook", "my uncle", "my cousins", "Nina", "Lucas", "the twins",
    "grandma", "the club", "a tourist", "my boss", "the girls", "David",
)  # fmt: skip

NAMES = (
    "Anna", "Tom", "Peter", "Maria", "Lena", "Ben", "Sam", "Emma", "Paul", "Sofia", "Nina",
    "Lucas", "David", "my sister", "my brother", "my mother", "my father", "my uncle", "my friend",
    "a farmer", "the teacher", "grandma", "the cook", "the shop", "the school", "our neighbour",
)  # fmt: skip
"""Subjects of verbs in the third person singular; ``FRIENDS`` are others beside them."""

FRIENDS = (
    "Rita", "Max", "Eva", "Leo", "Julia", "Jack", "Mia", "Oscar", "Kate", "Simon", "a friend",
    "my aunt", "my cousin", "grandpa", "my boss", "the baker", "a neighbour",
)  # fmt: skip

GROUP = (
    "box", "bag", "row", "shelf", "crate", "basket", "pack", "table", "drawer", "room", "tray",
    "case", "bus", "jar", "sack", "bin", "bowl", "tin", "pot", "folder", "tub",
)  # fmt: skip

THING = (
    "book", "pen", "ticket", "shirt", "cup", "card", "cake", "lamp", "ball", "plate", "toy",
    "pizza", "sandwich", "pencil", "notebook", "mug", "hat", "jacket", "bike", "chair", "bottle",
    "puzzle", "poster", "doll", "ring", "muffin", "coat", "phone", "bag",
)  # fmt: skip

FOOD = (
    "apples", "eggs", "cookies", "oranges", "bananas", "cakes", "tomatoes", "pizzas", "sandwiches",
    "pears", "plums", "cherries", "carrots", "nuts", "strawberries", "muffins", "pancakes",
    "sweets", "chocolates", "rolls",
)  # fmt: skip

MONEY = ("euros", "dollars", "pounds")
UNITS = ("cm", "m", "metres", "feet", "mm")
MEASURES = ("grams", "ml", "cups")
PERIODS = ("day", "week", "month", "year")
BOYS = (
    "Tom", "Peter", "Ben", "Paul", "Lucas", "David", "Max", "Leo", "Jack", "Oscar", "Simon",
    "James", "Robert", "Daniel", "Mark", "Henry", "Adam", "my brother", "my uncle", "grandpa",
    "my father", "a man", "the boy", "the king", "Mr Smith",
)  # fmt: skip
GIRLS = (
    "Anna", "Maria", "Lena", "Emma", "Sofia", "Nina", "Rita", "Eva", "Julia", "Mia", "Kate",
    "Sarah", "Laura", "Alice", "Lisa", "Clara", "Helen", "my sister", "my aunt", "grandma",
    "my mother", "a woman", "the girl", "the queen", "Mrs Brown",
)  # fmt: skip
"""Subjects that ``he`` and ``she`` take up again."""

DETAILS = (
    "it is a sunny day", "it was raining", "the sun is shining", "the weather is nice",
    "it happened on a Friday", "{friend} likes football", "{friend} was not there",
    "{friend} is very tall", "the music is loud", "my dog is called Rex", "everyone is happy",
    "that was a lot of work", "they are all red", "they are very small", "they look nice",
    "it was a long day", "this is true", "{friend} told me so", "nobody was late",
    "the door is open", "I like the colour", "it was in the summer", "the cat is asleep",
    "the street was empty", "all of this is in Italy", "{friend} has blue eyes",
    "we had a good time",
    "it was dark outside", "the teacher is strict", "the car is green", "it was {friend}'s idea",
    "it is almost dinner time", "the children are playing", "the radio is on",
    "none of it is mine",
)  # fmt: skip
"""What has nothing to do with the question."""

TOTALS = ("is that", "are there", "altogether", "in total", "is that in total")
NOUN_SLOTS = {
    "{detail}": DETAILS,
    "{things}": THINGS,
    "{groups}": GROUPS,
    "{people}": PEOPLE,
    "{who}": SUBJECTS,
    "{money}": MONEY,
    "{total}": TOTALS,
    "{name}": NAMES,
    "{friend}": FRIENDS,
    "{boy}": BOYS,
    "{girl}": GIRLS,
    "{group}": GROUP,
    "{thing}": THING,
    "{food}": FOOD,
    "{period}": PERIODS,
    "{unit}": UNITS,
    "{measure}": MEASURES,
}

WORD_PROBLEMS = {
    "*": (
        "[what is|find|give me|calculate|tell me] the product of {a} and {b}",
        "multiply {a} [by|and|with] {b}", "[can you|could you|please] multiply {a} by {b}",
        "{a} lots of {b}", "how much is {a} [times|by] {b} [euros|dollars|]",
        "how many {things} are in {a} {groups} of {b}", "[the|what is the] product of {a} and {b}",
        "{a} multiplied [by|with] {b}", "[work out|get|show me] the product of {a} with {b}",
        "product of the numbers {a} and {b}", "what do {a} and {b} multiply to",
        "{a} and {b} multiplied together", "multiply together {a} and {b}",
        "[the|] multiplication of {a} [and|by] {b}",
        "what comes out [if|when] I multiply {a} with {b}",
        "multiply the number {a} by the number {b}", "{a} times as many as {b}",
        "[what is|give me] {a} times the number {b}", "take {a} times {b} [|{things}]",
        "{a} taken {b} times", "{a} repeated {b} times, what is the total", "{a} copies of {b}",
        "{a} sets of {b} [|make how many]", "{a} groups of {b} [make|give] how many",
        "{a} rows of {b} [|{things}]", "{a} rows with {b} in each",
        "{a} {groups} of {b} {things} [each|]", "{a} {groups}, {b} {things} in each",
        "{a} {groups} and {b} {things} in every one of them", "scale {a} by {b}",
        "scale {a} up by a factor of {b}", "increase {a} by a factor of {b}",
        "{a} increased {b}-fold", "the area of a {a} by {b} [rectangle|garden|wall]",
        "[a grid of|a grid] {a} by {b}, how many squares", "total for {a} {things} at {b} each",
        "[price|cost] of {a} {things} at {b} {money} apiece", "{a} {money} an hour for {b} hours",
        "{a} [a day|per day] for {b} days", "{a} per week for {b} weeks, how [much|many] {total}",
        "{a} {money} each for {b} {people}", "{a} {things} for each of {b} {people}",
        "{a} {things} per person, {b} people, how many {things}",
        "what do {a} {things} cost at {b} {money} each",
        "how much for {a} {things} when each costs {b}",
        "how much do {a} {things} cost if one is {b} {money}", "how many is {a} lots of {b}",
        "how many are {a} times {b} {things}", "count the {things} in {a} {groups} of {b}",
        "[compute|find] the total of {a} groups with {b} in each",
        "what do {a} payments of {b} {money} come to",
        "{a} instalments of {b} {money}, what is the full price",
        "{a} rows of {b} [seats|chairs|desks|plants], how many [is that|are there|in all|]",
        "{a} [tables|rows|shelves|trays] of {b} {things}, [what is the total|how many is that]",
        "{a} [rows|columns] by {b}, how many [squares|tiles|seats]",
        "{a} weeks [at|for] {b} {money} a week", "{a} days of {b} hours [each|], how many hours",
        "{a} hours at {b} km an hour, how far", "{a} laps of {b} [metres|km], how far is that",
        "{a} {people} paying {b} {money} each, how much [is that|comes in]",
        "{a} tickets at {b} {money} [each|apiece|per ticket], what is the [bill|total|full price]",
        "{a} {groups} holding {b} {things} each, how many {things}",
        "if one costs {a} [{money}|], what do {b} [of them|] cost",
        "one {thing} is {a} {money}, how much [are|do I pay for] {b}",
        "one is {a} {money}, {b} are how much",
        "{a} {things} [every|each] {period} for {b} {period}s",
        "{a} shelves with {b} books on each, how many books",
        "{a} classes of {b} [pupils|children], how many [pupils|children] [is that|]",
        "{a} bags weighing {b} kg each, how heavy [are they|] together",
        "{a} [boxes|crates] at {b} kg [each|apiece], what is the [total|whole] weight",
        "{a} {unit} long and {b} {unit} wide, what is the area",
        "how many {things} do {a} {people} need at {b} each",
        "how many [wheels|legs|seats] do {a} [carts|stools|vans] with {b} each have",
        "how many [words|lines] are on {a} pages of {b}",
        "{a} teams with {b} players [each|in each]",
        "{a} rows of {b} {things} make how many", "the price of {a} {things} at {b} each",
        "[how much|what] are {a} nights at {b} {money} a night",
        "{a} {things} in every {group}, {b} of those, how many [is that|in all|]",
        "pack {a} {groups} with {b} {things} each, how many {things} [is that|]",
        "[hand|give] {a} {people} {b} {things} each, how many [do I need|is that]",
    ),
    "+": (
        "[what is|find|give me|calculate|tell me] the sum of {a} and {b}",
        "add {a} [and|to|plus] {b}", "[can you|could you|please] add {a} and {b}",
        "[what is|] the total of {a} and {b}", "sum {a} and {b}", "sum up {a} and {b}",
        "{a} {things} and {b} {things} [together|in total|]", "{a} {things} plus {b} {things}",
        "how much [is|are] {a} and {b} [together|in total|combined]", "put {a} and {b} together",
        "[what is|how much is] {a} and {b} added together", "[the|what's the] sum of {a} and {b}",
        "{a} added to {b}", "[work out|get|show me] the sum of {a} with {b}",
        "sum of the numbers {a} and {b}", "what do {a} and {b} add up to",
        "what do {a} and {b} [make|come to] together", "what do you get when you add {a} to {b}",
        "[the|] addition of {a} and {b}", "[combine|join] {a} and {b}", "{a} and {b} combined",
        "{a} combined with {b}", "[the|] combined total of {a} and {b}",
        "[total|total up] {a} and {b}", "add up {a} and {b}", "add together {a} and {b}",
        "add the number {a} to {b}", "add {a} [more|extra] to {b} {things}",
        "{a} {things} with {b} more added", "{a} more than {b}",
        "what [number|] is {a} more than {b}", "increase {a} by {b}", "raise {a} by {b}",
        "{a} increased by {b}", "{a} raised by {b}", "{a} [grows|went up] by {b}, what is it now",
        "{a} with {b} on top", "put {a} on top of {b}",
        "[start|begin] [at|with] {a} and go up by {b}", "{a} and another {b}, how many {total}",
        "{a} and then {b} more, what does that make", "{a} {things} and {b} more [{things}|]",
        "{a} {money} and {b} {money}, [what is the sum|how much is that together]",
        "{a} {money} plus a tip of {b}",
        "the price is {a} plus {b} for [delivery|shipping|postage]", "bring {a} and {b} together",
        "what is the whole if the parts are {a} and {b}",
        "the total of {a} {things} and {b} {things}",
        "how many are {a} {things} and {b} {things} altogether", "both together: {a} and {b}",
        "how much do {a} {money} and {b} {money} make", "what is {a} with {b} added [to it|]",
        "{a} {things} [together with|along with] {b} more, how many [is that|in all]",
        "add {a} {money} to {b} {money}", "{a} kg and {b} kg, how heavy [are they|] together",
        "{a} {unit} and {b} {unit} [end to end|laid end to end|in one line], how long is that",
        "{a} minutes and [then|] {b} minutes [more|], how long [is that|altogether]",
        "{a} {people} and {b} [more|others], how many [is that|in all|together]",
        "a bill of {a} {money} and a tip of {b}, [what is the total|how much is that]",
        "[it costs|the price is] {a} {money} plus {b} for [the bag|a drink|the tip], how much in "
        "all",
        "{a} [pages|songs|steps|calls] today and {b} tomorrow, how many [is that|in all]",
        "{a} wins and {b} losses, how many games [is that|were played]",
        "{a} boys and {b} girls, how many children [is that|are there|]",
        "{a} {food} on one plate and {b} on [another|the other], how many {food} [in all|]",
        "a {thing} for {a} and another for {b}, what [do both cost|is the total]",
        "{a} degrees and {b} degrees [more|warmer], how warm is that",
        "[if|when] {a} {things} are here and {b} there, how many {things} [are there|is that]",
        "count {a} {things} and then {b} more", "{a} points plus a bonus of {b}",
        "{a} {things}, {b} more [come|arrive|are added], how many now",
        "{a} on the left and {b} on the right, how many [is that|in all|are there]",
        "{a} {money} saved and {b} {money} earned, how much [is that|in all|is there]",
        "[first|yesterday] {a} {things}, [then|today] {b} {things}, how many [is that|in all]",
        "{a} {people} joined by {b} [more|others], how many are they now",
        "{a} cm and {b} cm taller, how tall is that",
        "{a} paid and {b} still to pay, what is the bill",
        "{a} {things} eaten and {b} left, how many were there",
    ),
    "-": (
        "[what is|find|give me|calculate|tell me] the difference [between|of] {a} and {b}",
        "subtract {b} from {a}", "[can you|could you|please] subtract {b} from {a}",
        "take {b} [away|] from {a}", "deduct {b} from {a}", "[what is|] {b} less than {a}",
        "how much is [left of|left from] {a} after {b}", "{a} {things} minus {b} {things}",
        "{a} reduced by {b}", "[the|what's the] difference between {a} and {b}",
        "if I take {b} [away|out] of {a} what [is left|remains]",
        "[work out|get|show me] the difference between {a} and {b}",
        "difference of the numbers {a} and {b}", "subtract the number {b} from {a}",
        "[the|] subtraction of {b} from {a}", "[remove|strip] {b} from {a}",
        "{b} subtracted from {a}", "{b} taken [away|] from {a}", "{b} deducted from {a}",
        "{a} less {b}", "{a} [decreased|lowered|cut|diminished] by {b}",
        "[decrease|reduce|lower] {a} by {b}", "cut {a} by {b}", "{b} fewer than {a} [|{things}]",
        "what number is {b} less than {a}", "what is left of {a} when {b} [go|are gone|is gone]",
        "what remains [of|from] {a} after taking [out|away] {b}",
        "what remains if {b} is removed from {a}",
        "how much [remains|is left] if I take {b} out of {a}", "{a} without {b} [|{things}]",
        "{a} {things} without {b} of them", "{a} with {b} taken off", "{a} take off {b}",
        "take {b} off {a}", "knock {b} off {a}", "[start|begin] [at|with] {a} and go down by {b}",
        "{a} {money} less a discount of {b}", "{a} {money} with {b} off",
        "the price is {a} minus {b} discount", "from {a} {things} take {b}", "pull {b} out of {a}",
        "how much more is {a} than {b}", "how much [bigger|larger|greater] is {a} than {b}",
        "how many more {things} is {a} than {b}", "by how much is {a} more than {b}",
        "how much less is {b} than {a}", "what is the gap between {a} and {b}",
        "what do you get when you take {b} from {a}",
        "{a} {things}, {b} of them gone, how many left over",
        "{a} {money} and {b} {money}, how much is the difference",
        "the gap between {a} {money} and {b} {money}",
        "how far apart are {a} {unit} and {b} {unit}",
        "how much [longer|taller|wider] is {a} {unit} than {b} {unit}",
        "how much [shorter|lower] is {b} {unit} than {a} {unit}",
        "how much heavier is {a} kg than {b} kg", "how much lighter is {b} kg than {a} kg",
        "how much [dearer|more expensive] is {a} {money} than {b} [{money}|]",
        "how much cheaper is {b} {money} than {a} [{money}|]",
        "how much [warmer|hotter] is {a} degrees than {b} [degrees|]",
        "how much older is someone of {a} than someone of {b}",
        "how many years [lie|are] between {a} and {b}, [how large is the gap|what is the "
        "difference]",
        "the [distance|gap] between {a} km and {b} km",
        "{a} {things}, {b} [sold|broken|lost|missing|used], how many [are|] left",
        "{b} [out of|of] {a} {things} are gone, how many [are left|remain]",
        "{a} {people} and {b} [leave|go home|get off], how many [stay|are left|remain]",
        "{a} pages in the book and {b} [are|] read, how many [are left|remain]",
        "{b} {money} off [a price of|] {a} {money}, how much is left to pay",
        "pay {b} out of {a} {money}, [what is left|how much is left]",
        "[how much|what] change [is there|do I get] from {a} {money} after paying {b}",
        "{a} {money} in the [bank|purse|jar] and {b} taken out, how much is left",
        "how many {things} are missing if there should be {a} and there are {b}",
        "{a} seats, {b} [are|] taken, how many [are|] free",
        "how many [years|days|pages|steps] [is it|are there] from {b} to {a}",
        "{a} {things} now and {b} before, how many [more|came in between]",
        "{b} {things} out of {a}, how many are [not|still] there",
        "how many more {things} are {a} than {b}", "how many {things} fewer than {a} is {b}",
        "{b} {money} short of {a}, how much is there", "{a} {people} without the {b} who left",
    ),
    "/": (
        "divide {a} by {b}", "[can you|could you|please] divide {a} by {b}",
        "split {a} [into|by|among] {b} [parts|people|equal parts|]",
        "share {a} {things} [among|between] {b} {people}", "{a} split by {b}",
        "[what is|find|give me] the quotient of {a} and {b}",
        "how many times does {b} [go|fit] into {a}", "how much is {a} per person for {b} {people}",
        "{a} shared by {b}", "[the|what's the] quotient of {a} and {b}",
        "[work out|get|show me] the quotient of {a} and {b}", "quotient of the numbers {a} and {b}",
        "what is the quotient when {a} is divided by {b}", "[the|] division of {a} by {b}",
        "divide the number {a} by the number {b}", "divide {a} [into|in] {b} equal parts",
        "divide {a} {things} [evenly|equally] among {b} {people}",
        "divide {a} {things} between {b} {people}", "what comes out [if|when] I divide {a} by {b}",
        "what do you get when you split {a} into {b}", "split {a} evenly [by|into] {b}",
        "split {a} {money} {b} ways", "split a bill of {a} {money} between {b} {people}",
        "[the|] ratio of {a} to {b}", "[what is|give me] the ratio {a} to {b}",
        "share {a} equally [among|between] {b}", "share out {a} {things} to {b} {people}",
        "{a} shared equally [among|between] {b} {people}",
        "{a} {things} for {b} {people}, how many each",
        "{a} {things} and {b} {people}, how many for each one", "{a} {money} among {b} {people}",
        "{a} {money} for {b} {things}, what is the price of one",
        "{a} {money} in {b} hours, how much per hour",
        "{a} {money} in {b} weeks, how much is that a week",
        "{a} {things} in {b} {groups}, how many [per one|in every one]",
        "{a} km in {b} hours, how many km per hour", "{a} km on {b} litres, how many km per litre",
        "{a} per {b}", "cut {a} into {b} [equal|] pieces",
        "break {a} [into|up into] {b} equal parts",
        "separate {a} {things} into {b} {groups}, how many in each",
        "put {a} {things} into {b} equal {groups}, how many in each",
        "how often does {b} go into {a}", "how many {b}s are in {a}",
        "how many times can I take {b} out of {a}", "how many times {b} is {a}",
        "how many times as big as {b} is {a}", "how many groups of {b} can I make from {a}",
        "how many lots of {b} are in {a}", "what times {b} makes {a}",
        "one part of {a} cut in {b} parts", "scale {a} down by a factor of {b}",
        "what is each share of {a} {money} split {b} ways",
        "how big is each part of {a} split into {b}", "distribute {a} {things} over {b} {groups}",
        "price per piece if {b} {things} cost {a}",
        "{a} {things} [shared|split|divided] equally [among|between] {b}, how many each",
        "share {a} {money} [equally|evenly|fairly] [among|between] {b} [friends|people]",
        "{a} {money} [split|shared] {b} ways, how much each",
        "put {a} {things} into {b} equal {groups}",
        "how many {groups} of {b} do {a} {things} [make|fill|give]",
        "{a} {things} packed {b} to a {group}, how many of those",
        "{a} {unit} cut into {b} [equal|] pieces, how long is each",
        "{a} {unit} of [rope|ribbon|wire] in pieces of {b} {unit}, how many pieces",
        "{a} pages at {b} [pages|] a day, how many days",
        "{a} {money} at {b} a week, how many weeks",
        "{a} km at {b} km an hour, how [long|many hours]",
        "how many [things|tickets|books] at {b} {money} each [do I get|can I buy] for {a} "
        "[{money}|]",
        "{b} {things} for {a} {money}, how much [each|is one|apiece]",
        "{b} tickets cost {a} {money}, [what does one cost|how much is one]",
        "{a} {people} in [rows|groups] of {b}, how many of those is that",
        "{a} {people} in {b} equal [teams|rows|groups], how many in each",
        "{a} chairs in {b} rows, how many [in each|per] row",
        "{a} chairs in rows of {b}, how many rows",
        "{a} hours of work for {b} people, how many hours each",
        "{a} minutes for {b} [songs|laps|calls], how long is one",
        "{a} kg in {b} bags, how [much|heavy] is each [bag|]",
        "{a} eggs at {b} to a box, how many boxes",
        "{b} {people} for {a} {things}, how many for each",
        "{a} {things}, {b} for each [person|child|guest], how many [people|of them] get some",
        "how many days do {a} {things} last at {b} a day",
        "how many {groups} [hold|are needed for|take] {a} {things} at {b} each",
        "what is one of {b} equal shares of {a} {money}",
        "{a} litres into bottles of {b}, how many bottles",
    ),
}  # fmt: skip
"""Short sentences for each operator; the expression has the numbers in the order {a}, {b}."""

HOW_MANY = "[how many|how many {things}]"
IN_ALL = "[altogether|in total|in all]"
HOW_MANY_NOW = (
    f"{HOW_MANY} [is that|is that now|are there|are there now|are there then|does that make|now|"
    f"is that {IN_ALL}|are there {IN_ALL}|{IN_ALL}|{{total}}]"
)
HOW_MANY_BOTH = (
    f"{HOW_MANY} [is that|are there|does that make|is that {IN_ALL}|are there {IN_ALL}|{IN_ALL}|"
    "together|is that together|{total}]"
)
THE_TOTAL = "[what is|what's] the total [number of {things}|]"
WHO_HAD = f"{HOW_MANY} did {{who}} have [then|in the end|after that|{IN_ALL}]"
NAME_HAS = f"{HOW_MANY} does {{name}} [have|own] [now|then|in the end|{IN_ALL}|]"
I_HAVE = f"{HOW_MANY} do I have [now|then|in the end|{IN_ALL}|]"
PEOPLE_NOW = (
    "[how many|how many {people}] [are there now|are there|is that|is that now|are there then|"
    f"does that make|are there {IN_ALL}|is that {IN_ALL}|{IN_ALL}|now]"
)
MUCH = "[how much|how much|how much money|how many {money}]"
MUCH_IN_ALL = (
    f"[{MUCH} [is that|is that now|does that make|is that {IN_ALL}|{IN_ALL}]|"
    "[what is|what's] the total]"
)
TO_PAY = f"[{MUCH} [do I pay|do we pay|is that|is it|does it cost] [{IN_ALL}|]|what is the price]"
FAR = "[how far|how many km]"
FAR_IN_ALL = f"{FAR} [is that|was that|is it] [{IN_ALL}|]"
LONG_IN_ALL = f"[how long is that|how long does it take|how long is it] [{IN_ALL}|]"
PAGES_IN_ALL = f"[how many|how many pages] [is that|was that|did {{who}} read] [{IN_ALL}|]"
LEFT = (
    f"{HOW_MANY} [are left|are left|are left over|remain|are still there|are there now|left|"
    "does that leave|are there then|are still left]"
)
FOOD_LEFT = LEFT.replace("{things}", "{food}")
WHO_KEPT = f"{HOW_MANY} did {{who}} [have left|still have|keep|have then|have in the end]"
NAME_KEEPS = f"{HOW_MANY} does {{name}} [have left|still have|keep|have now|have then]"
I_KEEP = f"{HOW_MANY} do I [have left|still have|keep|have now|have then]"
PEOPLE_LEFT = (
    "[how many|how many {people}] [are left|are still there|stayed|remain|are there now|"
    "are there then|does that leave]"
)
MUCH_LEFT = f"{MUCH} [is left|is left over|remains|is still there|left|does that leave|is that now]"
FAR_LEFT = f"{FAR} [is left|is still left|remains|is still to go|is it still|left]"
PAGES_LEFT = "[how many|how many pages] [are left|remain|are still left|are left to read|left]"
MISSING = f"{HOW_MANY} [more are needed|are missing|are still missing|are still needed]"
MUCH_MISSING = f"{MUCH} [more is needed|is missing|is still missing|is still needed]"
EACH_GETS = (
    f"[{HOW_MANY} [does each get|does each one get|does everyone get|for each|for each one|each|"
    "per person|does each of them get|apiece]|what does each get]"
)
EACH_GOT = f"{HOW_MANY} [did each get|did everyone get|did each one get|for each|each|per person]"
MUCH_EACH = (
    f"{MUCH} [is that each|is that for each|does each get|for each|each|per person|"
    "is that per person|does everyone get]"
)
MUCH_EACH_PAYS = (
    f"{MUCH} [does each pay|does everyone pay|does each of them pay|is that each|each|per person|"
    "is that per person]"
)
IN_EACH = f"{HOW_MANY} [are in each|in each|go in each|are in each one|in every one]"
HOW_MANY_GROUPS = (
    "[how many|how many {groups}] [are needed|are there|is that|do I need|do we need|"
    "does that make|can be filled]"
)
PRICE_OF_ONE = (
    f"[{MUCH} [is one|does one cost|is each|does each cost|for one|each]|what does one cost|"
    "what is the price of one|what is the price of each]"
)

# Between clauses that follow each other in time, between facts, before the question.
THEN = "[ and| and| and then|, then|, and|. then|. later] "
AND = "[ and| and|, and|,|.] "
END = "[.|.|.|.|.|,|,|||. {detail}.] "
IF = "[if|if|when]"


def told(joint: str, question: str, *scenes: tuple[str, ...]) -> tuple[str, ...]:
    """Return a template for each scene: its clauses, then the question."""
    return tuple(joint.join(clauses) + END + question for clauses in scenes)


def asked_first(question: str, *scenes: tuple[str, ...]) -> tuple[str, ...]:
    """Return a template for each scene: the question, then its clauses."""
    return tuple(f"{question} {IF} {' and '.join(clauses)}" for clauses in scenes)


SOMEONE = "[{name}|{name}|{name}|she|he]"
WE = "[I|I|we|they]"
FIRST = "[yesterday|on Monday|last week|at first|before lunch]"
SECOND = "[today|on Tuesday|this week|in the evening|after lunch]"
HERE = "[in the box|in the bag|on the table|in the room|on the shelf|in the shop|here]"
THERE = "[in the house|in the car|on the floor|in the garden|on the chair|over there]"
AT = "[in the room|in the park|on the bus|on the train|at the party|in the hall|in the shop]"
VEHICLE = "[bus|train|car|boat]"
EQUALLY = "[equally|evenly|fairly|]"

HAD = "{who} [had|had|owned|started with|began with] {a} {things}"
HAS = SOMEONE + " [has|has|owns|starts with] {a} {things}"
NAME_HAS_A = "{name} [has|has|owns|starts with] {a} {things}"
HAVE = WE + " [have|have|own|start with] {a} {things}"
GOT_A = "{who} [got|bought|found|picked up|collected|made|brought] {a} {things}"
THERE_WERE = f"there were {{a}} {{things}} {HERE}"
THERE_ARE = f"there are {{a}} {{things}} {HERE}"
PEOPLE_WERE = f"[there were {{a}} {{people}} {AT}|{{a}} {{people}} were {AT}]"
PEOPLE_ARE = f"[there are {{a}} {{people}} {AT}|{{a}} {{people}} are {AT}]"
READ = "{who} read {a} pages"
WENT = "{who} [drove|walked|ran|cycled|went] {a} km"
EARNED = "{who} [earned|saved|got|made|put aside] {a} {money}"
SPENT = "{who} [paid|spent] {a} {money}"
HAD_MONEY = "{who} [had|had|saved|earned|started with] {a} {money}"
HAS_MONEY = SOMEONE + " [has|has|saves|earns|starts with] {a} {money}"
HAVE_MONEY = WE + " [have|have|own|start with] {a} {money}"
COSTS_A = "[a|one|the] {thing} [costs|is] {a} {money}"
BOOK_HAS = "[a|the|my] [book|notebook|magazine] has {a} pages"
WAY = "[the way is {a} km long|the way is {a} km|it is {a} km to the [lake|coast|park|next town]]"
HALL_HAS = "[a|the] [hall|cinema|bus|train|plane] has {a} seats"
TAKES_TIME = "[the|a] [film|game|lesson|trip|break] [lasts|takes] {a} minutes"

MORE = (
    "[{b} more|{b} more|another {b}|{b} more {things}|another {b} {things}|{b} extra|"
    "{b} extra {things}|{b} more of them|{b} others|{b} new {things}|{b} new ones]"
)
GOT_MORE = f"[|{{who}}] [got|got|bought|found|received|picked up|collected|won] {MORE}"
GETS_MORE = f"[gets|gets|is given|buys|finds|receives|picks up|collects|wins] {MORE}"
GET_MORE = f"[get|get|buy|find|receive|pick up|collect|win] {MORE}"
GIVE_ME = f"{{friend}} [gives me|brings me|sends me|buys me] {MORE}"
PUT_IN = f"[{MORE} [were|are] [put in|added|brought]|{{friend}} [added|brought|put in] {MORE}]"
CAME_IN = (
    "[{b} more|{b} others|another {b}|{b} more {people}] [came|came in|arrived|joined|came along]"
)
COME_IN = (
    "[{b} more|{b} others|another {b}|{b} more {people}] [come|come in|arrive|join|come along]"
)
MORE_MONEY = "[{b}|{b} more|another {b}|{b} {money}|another {b} {money}|{b} {money} more]"
B_THINGS = "[{b}|{b} {things}]"
B_MONEY = "[{b}|{b} {money}]"
B_ATE = "[{b}|{b} of them|{b} {food}|{b} of the {food}]"
B_OF_THEM = "[{b}|{b}|{b} of them|{b} {things}|{b} of the {things}]"
LOST = f"[|{{who}}] [lost|gave away|sold|used|threw away|broke|lent out|used up] {B_OF_THEM}"
LOSES = f"[loses|gives away|sells|uses|throws away|breaks|lends out|uses up] {B_OF_THEM}"
LOSE = f"[lose|give away|sell|use|throw away|break|lend out|use up] {B_OF_THEM}"
GAVE_TO = f"[gave|sent|sold|handed] {B_OF_THEM} to {{friend}}"
GIVES_TO = f"[gives|sends|sells|hands] {B_OF_THEM} to {{friend}}"
TAKES_OUT = f"{{friend}} [takes|takes away|took|took away|took out|removes] {B_OF_THEM}"
ARE_GONE = (
    "[{b}|{b}|{b} of them|{b} of the {things}] [are gone|broke|were sold|were taken away|got lost|"
    "were used|were taken out|were given away]"
)
LEFT_EARLY = (
    "[{b}|{b}|{b} of them|{b} of the {people}] [left|left early|went home|went away|went out]"
)
LEAVE = "[{b}|{b}|{b} of them|{b} of the {people}] [leave|go home|go away|go out]"
SPENT_B = (
    f"[|{{who}}] [[spent|paid] {B_MONEY} [for food|for a {{thing}}|]|"
    f"[lost|gave away|used] {B_MONEY}]"
)
SPENDS_B = (
    f"[[spends|pays] {B_MONEY} [for food|for a {{thing}}|]|[loses|gives away|uses] {B_MONEY}]"
)
SPEND_B = f"[[spend|pay] {B_MONEY} [for food|for a {{thing}}|]|[lose|give away|use] {B_MONEY}]"

EACH = "[each|each|apiece|in each|in every one|in each one|in each of them]"
IN_GROUPS = "[there are|here are|we have|I have|] {a} {groups}"
WITH_EACH = f"[with|and|of|,] {{b}} {{things}} {EACH}"
GROUP_HOLDS = "[one|a|each|every] {group} [has|holds|contains|is filled with] {a} {things}"
PEOPLE_HAVE = "{a} {people} [have|get|bring|buy|make|want|need] {b} {things} [each|apiece]"
PEOPLE_HAD = "{a} {people} [had|got|brought|bought|made|found|sold] {b} {things} [each|apiece]"
EACH_OF_HAS = (
    "[each|every one] of [the|] {a} {people} [has|gets|brings|buys|makes|wants|needs] {b} {things}"
)
EACH_OF_HAD = (
    "[each|every one] of [the|] {a} {people} [had|got|brought|bought|made|found|sold] {b} {things}"
)
A_EVERY = "[a|per|each|every]"
A_DAY_FOR_DAYS = A_EVERY + " {period} [for|over] {b} {period}s"
IN_DAYS = "in {b} {period}s"

TO_PEOPLE = "[among|between] {b} {people}"
SHARED = f"[shared|split|divided] {{a}} {{things}} {EQUALLY} {TO_PEOPLE}"
SHARES = f"[shares|splits|divides] {{a}} {{things}} {EQUALLY} {TO_PEOPLE}"
SHARE = f"[share|split|divide] {{a}} {{things}} {EQUALLY} {TO_PEOPLE}"
ARE_SHARED = f"{{a}} {{things}} are [shared|split|divided|shared out] {EQUALLY} {TO_PEOPLE}"
THEY_SHARE = f"{{b}} {{people}} [share|split|divide|want to share] {{a}} {{things}} {EQUALLY}"
THEY_SHARED = f"{{b}} {{people}} [shared|split|divided] {{a}} {{things}} {EQUALLY}"
INTO_GROUPS = "[into|in] {b} [equal|] {groups}"
GROUPS_OF = "[in|into] {groups} of {b}"

STORIES = {
    "*": (
        *told(
            " ",
            HOW_MANY_BOTH,
            (IN_GROUPS, WITH_EACH),
            (PEOPLE_HAVE,),
            (PEOPLE_HAD,),
            (EACH_OF_HAS,),
            (EACH_OF_HAD,),
            ("{who} [bought|ordered|packed|filled|got|brought] {a} {groups}", WITH_EACH),
            ("{who} [bought|ordered|packed|filled|got|brought] {a} {groups} of {b} {things}",),
            ("{name} [buys|orders|packs|fills|gets|needs] {a} {groups}", WITH_EACH),
            ("{name} [buys|orders|packs|fills|gets|needs] {a} {groups} of {b} {things}",),
            ("[we|I|they] [have|order|need|buy] {a} {groups} of {b} {things}",),
            ("[there are|we have|] {a} {things} in [each|every one] of [the|] {b} {groups}",),
            ("{who} [packed|put] {a} {things} [in|into] each of [the|] {b} {groups}",),
            ("[each|every one] of the {a} {groups} [has|holds|contains] {b} {things}",),
            ("{who} [gave|sent|sold|handed] {a} {things} to each of [the|] {b} {people}",),
            ("{name} [gives|sends|sells|hands] {a} {people} {b} {things} [each|apiece]",),
            ("{who} [made|sold|found|collected|used] {a} {things}", A_DAY_FOR_DAYS),
            ("a machine makes {a} {things}", A_DAY_FOR_DAYS),
        ),
        *told(
            AND,
            HOW_MANY_BOTH,
            (IN_GROUPS, "[each|every one|each one] [has|holds|contains] {b} {things}"),
            (IN_GROUPS, "[there are|] {b} {things} [are in each|in each|in every one]"),
            ("{who} filled {a} {groups}", "put {b} {things} [in each|in each one|in every one]"),
            ("there are {a} {people}", "[each|everyone|each one] [gets|has|needs] {b} {things}"),
            (
                "[we|they] are {a} {people}",
                "[each|everyone|each one] [gets|has|needs] {b} {things}",
            ),
        ),
        *told(
            "",
            f"{HOW_MANY} [are in|do I get in|are there in|in] {{b}} [of them|of these|such ones]",
            (GROUP_HOLDS,),
        ),
        *told(
            AND,
            f"{HOW_MANY} [is that|does {{friend}} have|has {{friend}} got]",
            ("{name} has {a} {things}", "{friend} has {b} times as many"),
            ("{friend} has {a} times as many {things} as {name}", "{name} has {b}"),
        ),
        *asked_first(
            f"{HOW_MANY} [are there|is that|do I need|do we need|are needed] [{IN_ALL}|]",
            ("{a} {people} [get|need|want|have] {b} [each|apiece]",),
            ("each of {a} {people} [gets|needs|wants|has] {b}",),
            (f"there are {{a}} {{groups}} [with|of] {{b}} {EACH}",),
            ("there are {a} {groups}", "[each|every one|each one] [has|holds|contains] {b}"),
        ),
        "[how many {things} are|count the {things}|how many {things} are there] in {a} "
        "[equal|full|] {groups} [of {b}|with {b} in each|of {b} each]",
        "how many {things} [do|did] [I|we|they] need [to give|for] {a} {people} "
        "[{b} each|with {b} each|at {b} each]",
        *told(
            " ",
            MUCH_IN_ALL,
            ("{a} {people} [pay|earn|spend|save|get|give] {b} {money} [each|apiece]",),
            ("{a} {people} [paid|earned|spent|saved|got|gave] {b} {money} [each|apiece]",),
            ("each of {a} {people} [pays|earns|spends|saves|gets|gives] {b} {money}",),
            ("{who} [earned|saved|made|got|spent|paid] {a} {money}", A_DAY_FOR_DAYS),
            ("{name} [earns|saves|makes|gets|spends|pays] {a} {money}", A_DAY_FOR_DAYS),
            ("I [earn|save|make|get|spend|pay] {a} {money}", A_DAY_FOR_DAYS),
            ("{who} [worked|worked for] {a} hours [at|for] {b} {money} [an|per|each] hour",),
            ("{who} sold {a} {things} [for|at] {b} {money} [each|apiece]",),
            ("{who} sold {a} {things} and got {b} {money} for [each|each one|every one]",),
        ),
        *told(
            " ",
            TO_PAY,
            ("{who} bought {a} {things} [for|at] {b} {money} [each|apiece]",),
            ("[I|we] [buy|need|want|order] {a} {things} [for|at] {b} {money} [each|apiece]",),
            ("[the rent|a room] [is|costs] {a} {money}", A_EVERY + " month for {b} months"),
            ("a [hotel room|room|car|bike] costs {a} {money}", A_EVERY + " day for {b} days"),
            ("[entry|a ticket|the trip] costs {a} {money} [each|per person] for {b} {people}",),
        ),
        *told(
            AND,
            TO_PAY,
            (COSTS_A, "[I|we] [buy|need|want|order] {b} [of them|]"),
            (
                "[entry|a ticket|the trip] [is|costs] {a} {money} [each|per person|]",
                "[we are|there are|for] {b} [people|{people}]",
            ),
            (
                "[entry|a ticket|the trip] [is|costs] {a} {money} [each|per person|]",
                "[I|we] [buy|need|want|order] {b} tickets",
            ),
        ),
        *asked_first(
            "[how much do {a} cost|what do {a} cost|what is the price of {a}|how much are {a}]",
            ("[a|one|each] {thing} [costs|is] {b} {money}",),
        ),
        "if [a|one|each] {thing} [costs|is] {a} {money}, [what|how much] [do {b} cost|are {b}|"
        "for {b}|is the price of {b}]",
        "[how much do|what do|how much money do] [I pay for {a} {things}|"
        "we pay for {a} {things}|{a} {things} cost] [at {b} {money} each|if one is {b} {money}|"
        "if each costs {b}|if one costs {b} {money}|when each is {b} {money}]",
        *told(
            " ",
            FAR_IN_ALL,
            ("{who} [drove|walked|ran|cycled|went] {a} km", A_DAY_FOR_DAYS),
            ("[we|I|they] [drive|walk|run|cycle|go] {a} km", A_DAY_FOR_DAYS),
            ("{who} [drove|walked|ran|cycled|went] [for|] {a} hours at {b} km [an|per] hour",),
            ("{who} [ran|walked|drove|cycled] {a} [laps|rounds] of {b} km [each|]",),
        ),
        f"[a|the] {VEHICLE} [goes|drives|does] {{a}} km [an|per|each|every] hour{END}"
        f"{FAR} [does it go|is that|does it get|will it go] in {{b}} hours",
        f"at {{a}} km [an|per] hour, {FAR} [do I|can I|do we|can we] [go|get|drive] in {{b}} hours",
        *told(
            " ",
            PAGES_IN_ALL,
            ("{who} read {a} pages", A_DAY_FOR_DAYS),
            ("{who} read {a} [books|magazines] [of|with] {b} pages [each|]",),
        ),
        f"[a|one|each] [book|notebook|magazine] has {{a}} pages{END}how many pages "
        "[do {b} of them have|are in {b} of them|are there in {b}|do {b} have]",
        f"[a|the|our] [hall|cinema|bus|train|plane] has {{a}} rows [of|with] {{b}} seats "
        f"[each|in each|]{END}how many [seats|people can sit down|seats are there] [{IN_ALL}|]",
        f"[a|the|our] [hall|cinema|bus|train|plane] has {{a}} rows{AND}[each row|each|every row] "
        f"has {{b}} seats{END}how many seats [are there|is that|does it have] [{IN_ALL}|]",
        f"{{a}} [buses|trains|boats|cars] [came|arrived|left] with {{b}} people "
        f"[on each|in each|each]{END}how many people [is that|came|are there] [{IN_ALL}|]",
        f"{{a}} [teams|classes|groups] [with|of] {{b}} [players|children|pupils|people] [each|in "
        f"each]{END}how many [people|] [is that|are there] [{IN_ALL}|]",
        "[a|the|my|our] [room|field|board|garden|floor|wall|park|house] is {a} {unit} "
        f"[long|wide] and {{b}} [wide|high|deep]{END}[what is its area|how big is it|"
        "how big is the area|what is the area]",
        "[a|the|my|our] [room|field|board|garden|floor|wall|park] [is|of|has] {a} [by|times] {b} "
        f"{{unit}}{END}[what is its area|how big is it|what is the area|"
        "how many square metres is that]",
        "[a|the|my|our] [wall|floor|board|garden] is {a} [tiles|bricks|stones|squares] [long|wide] "
        f"and {{b}} [wide|high|deep]{END}how many [of them|] [is that|are there|do I need] "
        f"[{IN_ALL}|]",
        "[the|a|our] [building|house|hotel|school] has {a} floors [with|and|of] {b} rooms "
        f"[each|on each|on each floor]{END}how many rooms [are there|is that|does it have] "
        f"[{IN_ALL}|]",
        "[one|a|each] [cake|pizza|meal|recipe] [needs|takes] {a} [eggs|grams of flour|tomatoes|"
        f"potatoes]{END}[how many|what] [do {{b}} of them need|do I need for {{b}} of them|"
        "for {b}]",
        f"{{a}} [spiders|cows|dogs|hens|horses] have {{b}} [legs|eggs|apples] each{END}how many "
        f"[is that|are there|do they have] [{IN_ALL}|]",
        *told(
            AND,
            HOW_MANY_BOTH,
            ("{who} [planted|laid|made|drew] {a} rows", "[each|every] row [had|got] {b} {things}"),
            ("{a} {people} [came|arrived|joined in]", "[each|every one] brought {b} {things}"),
            ("there are {a} shelves", "[each|every] shelf [holds|carries|has] {b} {things}"),
            ("{who} [ordered|bought|opened] {a} {groups}", "each had {b} {things} in it"),
        ),
        "how many {things} do {a} {people} [have|own|carry] [together|in all|] [if|when] each "
        "[has|owns|carries] {b}",
        "[if|when] {who} [packed|sold] {a} {groups} of {b} {things}, how many {things} was that",
        "what do {a} {things} cost [together|in all|] if [one|each] is sold for {b} {money}",
        "{who} [bought|sold] {a} {things}. the price of [one|each] was {b} {money}"
        f"{END}[how much was that|what was the total|how much money was that]",
        "[find|work out|tell me] the number of {things} in {a} {groups} [of|with] {b} [each|]",
        "[find|work out|tell me] the price of {a} {things} at {b} {money} [each|apiece]",
    ),
    "+": (
        *told(
            THEN,
            f"[{HOW_MANY_NOW}|{HOW_MANY_NOW}|{THE_TOTAL}]",
            (HAD, GOT_MORE),
            (HAS, GETS_MORE),
            (HAVE, GET_MORE),
            (GOT_A, GOT_MORE),
            (THERE_WERE, PUT_IN),
            (THERE_ARE, f"{{friend}} [adds|brings|puts in] {MORE}"),
            ("{who} [sold|made|used|collected|lost] {a} {things} " + FIRST, f"{B_THINGS} {SECOND}"),
        ),
        *told(
            THEN,
            WHO_HAD,
            (HAD, GOT_MORE),
            (GOT_A, GOT_MORE),
            ("{who} [got|found|bought] {a} {things} " + FIRST, f"{MORE} {SECOND}"),
        ),
        *told(
            THEN,
            NAME_HAS,
            (NAME_HAS_A, GETS_MORE),
            (NAME_HAS_A, f"{{friend}} [gives|sends|brings|hands] {{name}} {MORE}"),
        ),
        *told(
            THEN,
            I_HAVE,
            ("I [have|have|own|start with] {a} {things}", GET_MORE),
            ("I [have|have|own|start with] {a} {things}", GIVE_ME),
            ("I [had|got|found|bought] {a} {things}", f"{{friend}} [gave|sent|brought] me {MORE}"),
        ),
        *asked_first(WHO_HAD, (HAD, GOT_MORE), (GOT_A, GOT_MORE)),
        *asked_first(NAME_HAS, (NAME_HAS_A, GETS_MORE)),
        *asked_first(
            I_HAVE,
            ("I [have|have|own|start with] {a} {things}", GET_MORE),
            ("I [have|have|own|start with] {a} {things}", GIVE_ME),
        ),
        *told(
            AND,
            f"[{HOW_MANY_BOTH}|{HOW_MANY_BOTH}|{THE_TOTAL}]",
            (
                "{name} [has|owns|buys|finds|makes|brings] {a} {things}",
                f"{{friend}} [has|owns|buys|finds|makes|brings] {B_THINGS}",
            ),
            (
                "{who} [had|got|bought|found|made|sold] {a} {things}",
                f"{{friend}} [had|got|bought|found|made|sold] {B_THINGS}",
            ),
            ("I [have|own|buy|need] {a} {things}", f"you [have|own|buy|need] {B_THINGS}"),
            (f"[there are|we have|] {{a}} {{things}} {HERE}", f"{B_THINGS} {THERE}"),
            (
                "{a} {things} are [red|old|small|here|full]",
                f"{B_THINGS} are [blue|new|big|there|empty]",
            ),
            (
                "[there are|we have|] {a} [red|old|small|full] {things}",
                "{b} [blue|new|big|empty] ones",
            ),
            (
                "[one|the first] {group} [has|holds] {a} {things}",
                f"[the other|another|the second] [one|] [has|holds] {B_THINGS}",
            ),
            ("[there are|] {a} {things} in one {group}", f"{B_THINGS} in [another|the other]"),
            (
                "{who} [bought|needed|packed|ordered] {a} {things}",
                "{b} [apples|books|pens|cards] [too|as well|]",
            ),
        ),
        *asked_first(
            f"{HOW_MANY} [are there|is that|do we have] [{IN_ALL}|]",
            ("{a} are [red|old|small|here]", "{b} are [blue|new|big|there]"),
            ("I have {a}", "{friend} has {b}"),
            (f"there are {{a}} {HERE}", f"{{b}} {THERE}"),
        ),
        *told(
            AND,
            f"{HOW_MANY} [does {{friend}} have|has {{friend}} got|did {{friend}} have]",
            (
                "{name} [has|owns] {a} {things}",
                "{friend} [has|owns] {b} more [than {name}|than that|]",
            ),
            ("{friend} has {a} more {things} than {name}", "{name} has {b}"),
        ),
        *told(
            THEN,
            PEOPLE_NOW,
            (PEOPLE_WERE, CAME_IN),
            (PEOPLE_ARE, COME_IN),
            (f"{{a}} {{people}} [came|arrived] {FIRST}", f"{{b}} {SECOND}"),
            (
                f"[a|the] {VEHICLE} had {{a}} {{people}} on it",
                "[{b} more|{b} others|another {b}|{b} more {people}] [got on|came in]",
            ),
        ),
        *asked_first(
            "how many {people} are [here|there] [now|then|]",
            (PEOPLE_WERE, CAME_IN),
            (PEOPLE_ARE, COME_IN),
            ("{a} [came|arrived] early", "{b} [came|arrived] late"),
        ),
        *told(
            AND,
            f"how many [people|children|] [is that|are there|are they] [{IN_ALL}|]",
            (
                "[there are|we have|] {a} [boys|men|teachers]",
                f"{{b}} [girls|women|children] [{AT}|in the class|in the team|]",
            ),
            ("{a} [people|children|players] [voted|said] yes", "{b} [voted|said] no"),
        ),
        *told(
            THEN,
            MUCH_IN_ALL,
            (HAD_MONEY, f"[|{{who}}] [got|got|found|received|earned|won|saved] {MORE_MONEY}"),
            (HAS_MONEY, f"[gets|gets|is given|finds|receives|earns|wins] {MORE_MONEY}"),
            (HAVE_MONEY, f"[get|get|find|receive|earn|win|save] {MORE_MONEY}"),
            ("I have {a} {money}", f"{{friend}} [gives|sends|brings|lends] me {MORE_MONEY}"),
            (f"{EARNED} {FIRST}", f"{MORE_MONEY} {SECOND}"),
            (f"{SPENT} {FIRST}", f"{MORE_MONEY} {SECOND}"),
            (
                "{who} [paid|spent] {a} {money} [for a {thing}|for food]",
                f"[{B_MONEY} for a {{thing}}|{B_MONEY} for drinks]",
            ),
            (
                "there are {a} {money} in [my|the] account",
                f"[I|we] [pay in|put in|add] {MORE_MONEY}",
            ),
        ),
        *asked_first(
            "[how much|how much money] do I have [now|then|in the end|altogether|]",
            ("I have {a} {money}", f"{{friend}} [gives|sends|brings|lends] me {MORE_MONEY}"),
            ("I have {a} {money}", f"[get|get|find|receive|earn|win|save] {MORE_MONEY}"),
        ),
        *told(
            AND,
            TO_PAY,
            (COSTS_A, f"[a|another] {{thing}} [costs|is|] {B_MONEY}"),
            ("[a|the] meal [costs|is] {a} {money}", f"the drinks [cost|are] {B_MONEY}"),
            (
                "[I|we] [buy|want|need|order] a {thing} [for|at] {a} {money}",
                f"[a|another] {{thing}} [for|at] {B_MONEY}",
            ),
        ),
        "[what|how much] do [I|we] pay for a {thing} [for|at] {a} [{money}|] and "
        "[a|another] {thing} [for|at] {b} [{money}|]",
        *told(
            THEN,
            FAR_IN_ALL,
            (f"{WENT} {FIRST}", f"[{{b}}|{{b}} km|another {{b}} km] {SECOND}"),
            (WENT, "[|{who}] [drove|walked|ran|cycled|went] [{b} more|another {b}|{b} km more]"),
            (WAY, "[another {b} km|{b} km] [to the house|to the next town|back]"),
        ),
        *asked_first(
            f"{FAR} did {{who}} go [{IN_ALL}|]", (f"{WENT} {FIRST}", f"[{{b}}|{{b}} km] {SECOND}")
        ),
        *told(
            THEN,
            PAGES_IN_ALL,
            (f"{READ} {FIRST}", f"[{{b}}|{{b}} pages|{{b}} more|another {{b}}] {SECOND}"),
            (READ, "[|{who}] read [{b} more|another {b}|{b} more pages]"),
        ),
        *asked_first(
            f"how many pages did {{who}} read [{IN_ALL}|]",
            (f"{READ} {FIRST}", f"[{{b}}|{{b}} pages|{{b}} more] {SECOND}"),
        ),
        *told(
            AND,
            LONG_IN_ALL,
            (
                TAKES_TIME,
                "[the|another] [film|game|lesson|trip|break] [lasts|takes|] {b} [minutes|]",
            ),
            (
                "{who} [worked|waited|slept|read] {a} [hours|minutes]",
                "[then|] [another {b}|{b} more]",
            ),
        ),
        f"[our|the|my] team [scored|got|had|has] {{a}} points{AND}[then {{b}} more|another {{b}}|"
        f"{{b}} more later]{END}[what is the score|how many points [is that|are there|altogether]]",
        f"[the|my] [tree|plant|flower|boy|child] was {{a}} cm [tall|high]{AND}[grew {{b}} cm|"
        f"grew by {{b}} cm|is now {{b}} cm taller|grew another {{b}} cm]{END}"
        "how [tall|high] is it [now|then|]",
        f"it [was|is] {{a}} degrees{AND}[got|gets|is now] {{b}} degrees [warmer|hotter]{END}"
        "how [warm|hot] is it [now|then|]",
        f"the price [of the {{thing}}|] [was|is] {{a}} [{{money}}|]{AND}[went up|goes up|rose] by "
        f"{{b}} [{{money}}|]{END}[what is the new price|what is it now|how much is it now]",
        f"I am {{a}} [years old|]{END}[how old|what age] [will I be|am I] in {{b}} years",
        f"{{name}} is {{a}} [years old|]{END}[how old|what age] will {{name}} be in {{b}} "
        "years [from now|]",
        f"[my sister|my brother|my friend|{{friend}}] is {{a}} [years old|]{AND}I am {{b}} years "
        f"older{END}how old am I",
        f"the recipe needs {{a}} {{measure}} of [flour|milk|sugar]{AND}{{b}} {{measure}} of "
        f"[water|butter|oil]{END}how [many|much] [is that|do I need] [{IN_ALL}|]",
        f"[mix|take] {{a}} {{measure}} of [flour|milk|sugar] [and|with] {{b}} {{measure}} of "
        f"[water|butter|oil]{END}how [many|much] [is that|do I get] [{IN_ALL}|]",
        f"{{a}} seats are [taken|full]{AND}{{b}} [seats|] are [free|empty]{END}how many seats "
        f"[are there|is that|do we have] [{IN_ALL}|]",
        f"{HALL_HAS}{THEN}[{{b}} more|another {{b}}|{{b}} new seats] [were|are] [put in|added|"
        f"brought]{END}how many seats [are there now|is that|does it have now]",
        *told(
            THEN,
            HOW_MANY_NOW,
            ("{who} [counted|saw|planted] {a} {things}", "[saw|counted|planted] {b} more"),
            ("[the|a] {group} [has|holds] {a} {things}", "[I|we] [put|drop|lay] {b} more into it"),
            (
                "{a} {things} [arrived|came] [today|early]",
                "{b} more [came|arrived] [later|at noon]",
            ),
            ("{who} had {a} {things}", "{friend} [joined|came] with {b} [more|others]"),
        ),
        *told(
            THEN,
            PEOPLE_NOW,
            (
                "{a} {people} [started|began] the [trip|game|race]",
                "{b} [more|others] joined [them|]",
            ),
            ("a [queue|group|team] has {a} {people}", "{b} [more|others] join [it|]"),
            ("{a} {people} [wait|sit] outside", "{b} [more|others] [wait|sit] inside"),
        ),
        "how many {people} are in a [group|team|queue] of {a} [after|when|once] {b} [more|others] "
        "[join|have joined|come]",
        "[find|work out|tell me] the number of {things} if {a} are here and {b} are over there",
        "if {who} [had|found|got] {a} {things} and {friend} {b}, how many was that together",
        "{who} had {a} {things}. with {b} more, how many would that be",
    ),
    "-": (
        *told(
            THEN,
            LEFT,
            (HAD, LOST),
            (HAS, LOSES),
            (HAVE, LOSE),
            (HAD, f"[|{{who}}] {GAVE_TO}"),
            (HAS, GIVES_TO),
            (GOT_A, LOST),
            (GOT_A, f"[|{{who}}] {GAVE_TO}"),
            (HAVE, TAKES_OUT),
            (THERE_WERE, ARE_GONE),
            (THERE_ARE, TAKES_OUT),
        ),
        *told(
            THEN,
            FOOD_LEFT,
            (
                "{who} [had|made|bought|got] {a} {food}",
                f"[|{{who}}] [ate|ate up|gave away] {B_ATE}",
            ),
            (SOMEONE + " [has|makes|buys|gets] {a} {food}", f"[eats|eats up|gives away] {B_ATE}"),
            ("[we|I|they] [have|make|buy|get] {a} {food}", f"[eat|eat up|give away] {B_ATE}"),
        ),
        *told(
            THEN,
            WHO_KEPT,
            (HAD, LOST),
            (HAD, f"[|{{who}}] {GAVE_TO}"),
            (GOT_A, LOST),
        ),
        *told(THEN, NAME_KEEPS, (NAME_HAS_A, LOSES), (NAME_HAS_A, GIVES_TO)),
        *told(
            THEN,
            I_KEEP,
            ("I [have|have|own|start with] {a} {things}", LOSE),
            ("I [have|have|own|start with] {a} {things}", TAKES_OUT),
            (
                "I [have|have|own|start with] {a} {things}",
                f"[give|send|sell|hand] {B_OF_THEM} to {{friend}}",
            ),
        ),
        *asked_first(WHO_KEPT, (HAD, LOST), (GOT_A, f"[|{{who}}] {GAVE_TO}")),
        *asked_first(NAME_KEEPS, (NAME_HAS_A, LOSES), (NAME_HAS_A, GIVES_TO)),
        *asked_first(I_KEEP, ("I [have|have|own|start with] {a} {things}", LOSE)),
        *asked_first(LEFT, ("there [are|were] {a}", ARE_GONE)),
        "[take|I take|we take|{who} took|if I take|if you take] {b} [{things}|] [away|] from {a} "
        f"{{things}}{END}{LEFT}",
        f"[when|if|] {{b}} of [the|] {{a}} {{things}} [are gone|broke|were sold|were taken away|"
        f"got lost|were used|were taken out|were given away]{END}{LEFT}",
        f"{{who}} [lost|gave away|sold|used|threw away|broke|lent out] {{b}} of [the|] {{a}} "
        f"{{things}}{END}[{LEFT}|{WHO_KEPT}]",
        f"{{b}} of [the|] {{a}} {{things}} are [red|old|broken|small|full|sold]{END}{HOW_MANY} are "
        "not",
        *told(
            AND,
            f"{HOW_MANY} are not",
            (
                "[there are|we have|] {a} {things}",
                "{b} [of them|] are [red|old|small|full|here|new|blue]",
            ),
        ),
        *told(
            AND,
            f"{HOW_MANY} [are in the other|are in the other one|does the other one hold|"
            "has the other one got]",
            (
                "[there are|we have] {a} {things} in two {groups}",
                "{b} [of them|] are in [the first|one|the first one]",
            ),
            (
                "two {groups} [hold|have] {a} {things} [together|altogether|in total]",
                "[one|the first|one of them] [holds|has] {b}",
            ),
        ),
        *told(
            AND,
            f"{HOW_MANY} [does {{friend}} have|has {{friend}} got]",
            (
                "{name} and {friend} have {a} {things} [together|altogether|in total]",
                "{name} has {b} [of them|]",
            ),
            ("{name} has {a} {things}", "{friend} has {b} [fewer|less] [than {name}|than that|]"),
            ("{friend} has {b} fewer {things} than {name}", "{name} has {a}"),
        ),
        *told(
            AND,
            "how many more [{things}|] [does {name} have|has {name} got] [than {friend}|]",
            ("{name} [has|owns] {a} {things}", "{friend} [has|owns] {b}"),
            ("{friend} [has|owns] {b} {things}", "{name} [has|owns] {a}"),
        ),
        *told(
            AND,
            "how many [fewer|less] [does {friend} have|has {friend} got] [than {name}|]",
            ("{name} [has|owns] {a} {things}", "{friend} [has|owns] {b}"),
            ("{friend} [has|owns] {b} {things}", "{name} [has|owns] {a}"),
        ),
        "how many more [{things}|] [does {name} have|has {name} got|has {name}] with {a} "
        "[{things}|] than {friend} [has|] with {b}",
        *told(
            AND,
            MISSING,
            (
                "{name} [needs|wants|must have] {a} {things}",
                f"[has|has|found|bought] [only|already|] {B_THINGS}",
            ),
            (
                "[there are|we are|] {a} {people} [and|with] [only|] {b} {things}",
                "[everyone|each] [needs|wants] one",
            ),
        ),
        f"[I|we|they] [need|want] {{a}} {{things}} [but|and] [have|have|found|bought] "
        f"[only|already|] {B_THINGS}{END}{HOW_MANY} [more do [I|we] need|are missing|"
        "are still missing|more are needed]",
        *told(
            THEN,
            PEOPLE_LEFT,
            (PEOPLE_WERE, LEFT_EARLY),
            (PEOPLE_ARE, LEAVE),
            (
                f"[a|the] {VEHICLE} had {{a}} {{people}} on it",
                "[{b}|{b} of them|{b} {people}|{b} of the {people}] [got off|left]",
            ),
            ("{a} {people} [came|arrived|joined]", LEFT_EARLY),
        ),
        *asked_first(
            "how many {people} are [still|] [here|there]",
            (PEOPLE_WERE, LEFT_EARLY),
            (PEOPLE_ARE, LEAVE),
        ),
        f"{{b}} of [the|] {{a}} {{people}} [left|left early|went home|went away|went out]"
        f"{END}{PEOPLE_LEFT}",
        f"{{b}} of [the|] {{a}} {{people}} are [ill|old|late|out|here]{END}[how many|how many "
        "{people}] are not",
        *told(
            AND,
            "how many [people|] [are women|are not men]",
            (
                "[there are|we are|we have] {a} people [here|in the class|at the party|]",
                "{b} [of them|] are men",
            ),
        ),
        *told(
            AND,
            "how many [of them|] [voted|said] no",
            ("{a} [people|children|players] voted", "{b} [of them|] [voted|said] yes"),
            ("{b} of {a} [people|children|players] [voted|said] yes",),
        ),
        *told(
            AND,
            "how many [are coming|come|will come]",
            ("[there are|we have|] {a} guests", "{b} [of them|] [said no|are ill|cannot come]"),
        ),
        *told(
            THEN,
            MUCH_LEFT,
            (HAD_MONEY, SPENT_B),
            (HAS_MONEY, SPENDS_B),
            (HAVE_MONEY, SPEND_B),
            (HAVE_MONEY, f"[buy|order|get] a {{thing}} [for|at] {B_MONEY}"),
            (HAD_MONEY, f"bought a {{thing}} [for|at] {B_MONEY}"),
            (
                "there are {a} {money} in [my|the] account",
                f"[I|we] [take out|pay out|spend] {B_MONEY}",
            ),
            ("{who} earned {a} {money}", f"paid {B_MONEY} [in tax|for the rent|for food]"),
        ),
        *asked_first(
            "[how much|how much money] is [left|left over]",
            (HAD_MONEY, SPENT_B),
            (HAVE_MONEY, SPEND_B),
        ),
        *told(
            AND,
            "[how much is the change|how much change is that|how much change [do I|do we] get|"
            "what is the change|what do I get back]",
            (
                "[I|we] pay with {a} {money}",
                f"[it costs|the bill is|the {{thing}} costs] {B_MONEY}",
            ),
            ("the bill is {b} {money}", "[I|we] pay with {a}"),
            ("[a|the] {thing} costs {b} {money}", "[I|we] pay with {a}"),
        ),
        *told(
            AND,
            MUCH_MISSING,
            (
                "{name} [needs|wants|wants to save] {a} {money}",
                f"has [only|already|] [saved|got|earned|] {B_MONEY}",
            ),
            (
                "[I|we|they] [need|want|want to save] {a} {money}",
                f"have [only|already|] [saved|got|earned|] {B_MONEY}",
            ),
            ("[a|the] {thing} costs {a} {money}", f"[I|we|they] have [only|] {B_MONEY}"),
        ),
        f"{COSTS_A}{AND}[I|we] get {B_MONEY} off{END}[what|how much] do [I|we] pay",
        f"[a|the] {{thing}} [was|cost] {{a}} {{money}}{AND}[is now|now costs|is only] {{b}}"
        f"{END}how much [do I save|less is that|is saved]",
        f"the price [of the {{thing}}|] [was|is] {{a}} [{{money}}|]{AND}[went down|goes down|fell] "
        f"by {{b}} [{{money}}|]{END}[what is the new price|what is it now|how much is it now]",
        *told(
            AND,
            FAR_LEFT,
            (WAY, "{who} [drove|walked|ran|cycled|went] {b} [km|]"),
            (WAY, "[we|I|they] have [already|] [done|driven|walked] {b} [km|]"),
            (
                "{who} [wanted|had] to [drive|walk|run|cycle|go] {a} km",
                "[drove|walked|ran|cycled|went] [only|] {b} [km|]",
            ),
        ),
        *told(
            AND,
            PAGES_LEFT,
            (BOOK_HAS, "{who} read {b} [of them|pages|]"),
            (BOOK_HAS, "I am on page {b}"),
            (BOOK_HAS, "{b} [of them|pages|] are [read|full|gone]"),
        ),
        *asked_first(
            PAGES_LEFT,
            ("[a|the|my] [book|notebook|magazine] has {a}", "I am on page {b}"),
            ("[a|the|my] [book|notebook|magazine] has {a}", "{who} read {b}"),
        ),
        *told(
            AND,
            "how many [seats|] [are free|are empty|stay free|stay empty|are left]",
            (HALL_HAS, "{b} [seats|of them|] are [taken|full|sold]"),
            (HALL_HAS, "{b} {people} [sit down|came in|are there]"),
        ),
        f"{TAKES_TIME}{AND}{{b}} [minutes|] are [over|gone]{END}"
        "[how many minutes are left|how many are left|how much is left]",
        f"[our|the|my] team [scored|got|has] {{a}} points{AND}[theirs|the other team|{{friend}}] "
        f"[scored|got|has] {{b}}{END}[by how many are we ahead|how many points are we ahead|"
        "how many more [points|] do we have]",
        f"{{name}} [scored|got|has] {{a}} points{AND}{{friend}} [scored|got|has] {{b}}{END}"
        "[by how many did {friend} lose|how many more [points|] does {name} have]",
        f"[a|the] [rope|ribbon|candle|board] is {{a}} {{unit}} long{THEN}[{{who}} cut off|"
        f"{{friend}} cut off|I cut off] {{b}} [{{unit}}|]{END}how long is it [now|then|]",
        f"[a|the] candle [was|is] {{a}} {{unit}} high{THEN}[burned down by|lost|burned down] {{b}} "
        f"{{unit}}{END}how [high|long] is it [now|then]",
        f"[a|the] [tree|house|wall|tower] is {{a}} {{unit}} [tall|high]{AND}[a|the other|the] "
        f"[bush|car|child|door] is {{b}} [{{unit}}|]{END}[what is the difference|how much "
        "taller is the first|how much higher is the first]",
        f"it [was|is] {{a}} degrees{AND}[got|gets|is now] {{b}} degrees [colder|cooler]{END}"
        "how [warm|cold] is it [now|then|]",
        f"I am {{a}} [years old|]{END}[how old|what age] was I {{b}} years [ago|back]",
        f"{{name}} is {{a}} [years old|]{END}[how old|what age] "
        "was {name} {b} years [ago|back]",
        f"[my sister|my brother|my friend|{{friend}}] is {{a}} [years old|]{AND}I am {{b}} years "
        f"younger{END}how old am I",
        f"[my sister|my brother|grandma|{{name}}] is {{a}} [years old|]{AND}{{friend}} is {{b}}"
        f"{END}[how many years are between them|what is the difference|"
        "how many years younger is {friend}]",
        f"the recipe needs {{a}} {{measure}} of [flour|milk|sugar]{AND}I have [only|] {{b}} "
        f"[{{measure}}|]{END}[how much|how many] more do I need",
        f"[a|the] [bottle|cup|glass|bucket] [holds|has] {{a}} ml{THEN}[{{who}} [drank|used|took "
        f"out]|I [drink|use|take out]] {{b}} [ml|]{END}how [many ml are|much is] left",
        *told(
            THEN,
            LEFT,
            ("{who} [counted|packed|saw] {a} {things}", "{b} [of them|] [fell out|got lost|broke]"),
            ("[the|a] {group} [has|holds] {a} {things}", "[I|we] take {b} [of them|] out"),
            ("{who} had {a} {things}", "{friend} [borrowed|took|stole] {b} [of them|]"),
        ),
        *told(
            THEN,
            PEOPLE_LEFT,
            ("{a} {people} [started|began] the [trip|game|race]", "{b} [of them|] gave up"),
            ("a [queue|group|team] has {a} {people}", "{b} [of them|] leave"),
        ),
        "how many {people} are left in a [group|team|queue] of {a} [after|when|once] {b} [leave|"
        "have left|go home]",
        "how much more does a {thing} for {a} {money} cost than one for {b}",
        "how much cheaper is a {thing} for {b} {money} than one for {a}",
        "by how many {things} does {name} with {a} beat {friend} with {b}",
        "{name} has {a} {things} and {friend} {b}"
        f"{END}[how large is the gap|what is the difference|how far ahead is {{name}}]",
        "{name} got {a} points and {friend} {b}"
        f"{END}[how many points lie between them|how large is the gap|how far apart are they]",
        "[find|work out|tell me] how many {things} are left if {b} of {a} are [gone|sold|used]",
    ),
    "/": (
        *told(
            " ",
            f"[{EACH_GETS}|{EACH_GETS}|{EACH_GOT}]",
            (f"{{who}} {SHARED}",),
            (f"{{name}} {SHARES}",),
            (f"[I|we|they] {SHARE}",),
            (ARE_SHARED,),
            (THEY_SHARE,),
            (THEY_SHARED,),
            ("[there are|we have|] {a} {things} for {b} {people}",),
            (
                "{who} gave {a} {things} to {b} {people} [in equal parts|in equal shares|"
                "so that all got the same]",
            ),
            ("{who} [has|had] {a} {things} to [share|split|divide] " + TO_PEOPLE,),
        ),
        *told(
            AND,
            EACH_GETS,
            (
                "{who} [had|got|bought|found|made] {a} {things}",
                f"shared them {EQUALLY} {TO_PEOPLE}",
            ),
            (
                "{name} [has|gets|buys|finds|makes] {a} {things}",
                f"[shares|splits|divides] them {EQUALLY} {TO_PEOPLE}",
            ),
            (
                "[I|we|they] [have|get|buy|find|make] {a} {things}",
                f"[share|split|divide] them {EQUALLY} {TO_PEOPLE}",
            ),
            (
                "{b} {people} [had|got|bought|found|made] {a} {things}",
                "[shared|split|divided] them " + EQUALLY,
            ),
            ("there are {b} {people}", "they [share|split|divide] {a} {things} " + EQUALLY),
        ),
        *asked_first(
            "how many {things} [does each|does everyone|does each one] get",
            (f"{{who}} [shared|split|divided] {{a}} {EQUALLY} {TO_PEOPLE}",),
            (f"[I|we|they] [share|split|divide] {{a}} {EQUALLY} {TO_PEOPLE}",),
            (f"{{a}} are [shared|split|divided|shared out] {EQUALLY} {TO_PEOPLE}",),
            (f"{{b}} {{people}} [share|split|divide] {{a}} {EQUALLY}",),
            ("[there are|we have|I have|they have] {a} for [the|] {b} {people}",),
        ),
        "how many {things} [does|will] each of [the|] {b} {people} get [if|when] [there are {a}|"
        "we have {a}|they share {a}|they split {a}]",
        f"if {{a}} {{things}} are [shared|split|divided|shared out] {EQUALLY} {TO_PEOPLE}, "
        f"{EACH_GETS}",
        *told(
            " ",
            IN_EACH,
            ("{who} [packed|put|divided|split] {a} {things} " + INTO_GROUPS,),
            ("{name} [packs|puts|divides|splits] {a} {things} " + INTO_GROUPS,),
            ("[I|we|they] [pack|put|divide|split] {a} {things} " + INTO_GROUPS,),
            ("{a} {things} are [packed|put|divided|split] " + INTO_GROUPS,),
            ("{a} {things} [go|fit] " + INTO_GROUPS,),
            (
                "{b} [equal|full|] {groups} [hold|have|contain] {a} {things} [together|in total|"
                "altogether]",
            ),
        ),
        "how many {things} [go in|are in|does one put in] [each|each one|every one] of [the|] {b} "
        "{groups} [if we have {a}|if there are {a}|if {a} are packed in them]",
        *told(
            " ",
            HOW_MANY_GROUPS,
            (f"{{who}} [packed|put|divided|split] {{a}} {{things}} {GROUPS_OF}",),
            (f"{{name}} [packs|puts|divides|splits] {{a}} {{things}} {GROUPS_OF}",),
            (f"[I|we|they] [pack|put|divide|split] {{a}} {{things}} {GROUPS_OF}",),
            (f"{{a}} {{things}} are [packed|put|divided|split] {GROUPS_OF}",),
        ),
        *told(
            AND,
            HOW_MANY_GROUPS,
            (
                "[there are|we have|I have] {a} {things}",
                "[each|one|every one] of the {groups} [holds|has|takes] {b}",
            ),
            (
                "[each|one|every one] of the {groups} [holds|has|takes] {b} {things}",
                "[there are|we have|I have] {a}",
            ),
        ),
        "how many {groups} [of|with] {b} [{things}|] can [I|we|you|{who}] [fill|make|pack] "
        "[with|from|out of] {a} [{things}|]",
        "how many {groups} do [I|we|you|they] need for {a} {things} [with {b} each|"
        "with {b} in each|if each holds {b}|"
        "if {b} go in each|at {b} each]",
        "how many [teams|groups|classes] of {b} can [you|we|I] make [from|with|out of] {a} "
        "[people|children|players|pupils|]",
        "{a} [people|children|players|pupils] [make|form|are split into|are divided into] "
        f"[teams|groups|classes] of {{b}}{END}how many [of them|] [is that|are there|"
        "does that make]",
        "{a} [people|children|players|pupils] [make|form|are split into|are divided into] {b} "
        f"[equal|] [teams|groups|classes]{END}how many [are in each|in each|"
        "people are in each|does each have]",
        f"{{a}} {{people}} [sit at|are put at|need] tables [of|for] {{b}}{END}how many tables [are "
        "there|is that|do we need|are needed]",
        f"[each|one|every] {VEHICLE} [takes|holds|has seats for] {{b}} people{END}how many [of "
        "them|] [do {a} people need|are needed for {a} people|do we need for {a} people]",
        f"[a|the] [hall|cinema|bus|train|plane] has {{a}} seats in {{b}} [equal|] rows{END}how "
        "many [seats|] [are in each row|are in each|are in one row|per row]",
        f"{{a}} [seats|chairs|trees|tables] [stand|are|are put] in rows of {{b}}{END}how many rows "
        "[are there|is that|do I get]",
        *told(
            " ",
            MUCH_EACH,
            (f"{{b}} {{people}} [share|split|divide|want to share] {{a}} {{money}} {EQUALLY}",),
            (f"{{who}} [shared|split|divided] {{a}} {{money}} {EQUALLY} {TO_PEOPLE}",),
            (f"[I|we|they] [share|split|divide] {{a}} {{money}} {EQUALLY} {TO_PEOPLE}",),
        ),
        *told(
            " ",
            MUCH_EACH_PAYS,
            ("{b} {people} [share|split|divide] a bill of {a} {money} " + EQUALLY,),
            ("{b} {people} [pay|have to pay|spend] {a} {money} [together|altogether|in total]",),
            ("[a|the] [taxi|boat|house|meal|trip|room] costs {a} {money} for {b} {people}",),
        ),
        *told(
            AND,
            MUCH_EACH_PAYS,
            (
                "the [bill|price|rent] is {a} {money}",
                "[we are {b}|there are {b} of us|"
                "{b} {people} share it|it is split between {b} people]",
            ),
            ("[we are|there are] {b} {people}", "the [bill|price|rent] is {a} {money}"),
        ),
        *asked_first(
            "[how much|what] [does each|does everyone|does each one] pay",
            ("{b} {people} [share|split|divide] a bill of {a} {money} " + EQUALLY,),
            ("the [bill|price|rent] is {a} {money}", "[we are {b}|there are {b} of us]"),
        ),
        "how much [does|must] each of [the|] {b} {people} pay if the [bill|price|rent] is {a} "
        "[{money}|]",
        *told(
            " ",
            PRICE_OF_ONE,
            ("{b} {things} [cost|are] {a} {money}",),
            ("{who} [paid|spent] {a} {money} [for|on] {b} {things}",),
            ("[I|we|they] [pay|spend] {a} {money} [for|on] {b} {things}",),
            ("{who} bought {b} {things} for {a} {money} [in total|altogether|in all]",),
        ),
        f"[if|when] {{b}} {{things}} [cost|are] {{a}} {{money}}, {PRICE_OF_ONE}",
        *told(
            AND,
            "how many [of them|] can [I|we|they] [buy|get|pay for] [with that|]",
            (
                "[I|we|they] [have|have|saved] {a} {money}",
                "[one|each|a|every] {thing} [costs|is] {b} [{money}|]",
            ),
            (
                "[one|each|a|every] {thing} [costs|is] {b} {money}",
                "[I|we|they] [have|have|saved] {a} [{money}|]",
            ),
        ),
        "how many {things} [at|for] {b} {money} [each|apiece] can [I|we|{who}] [buy|get|pay for] "
        "[with|for] {a} [{money}|]",
        f"[one|each|a|every] {{thing}} [costs|is] {{b}} {{money}}{END}how many [of them|] can [I|"
        "we|{who}] [buy|get] [with|for] {a} [{money}|]",
        *told(
            " ",
            f"{MUCH} [is that|was that|is it|] [a|per|each|every] {{period}}",
            ("{who} [earned|saved|made|got|spent|paid] {a} {money} " + IN_DAYS,),
            ("{name} [earns|saves|makes|gets|spends|pays] {a} {money} " + IN_DAYS,),
            ("I [earn|save|make|get|spend|pay] {a} {money} " + IN_DAYS,),
        ),
        *told(
            " ",
            "how many [is that|was that|] [a|per|each|every] {period}",
            ("{who} [made|sold|found|collected|used] {a} {things} " + IN_DAYS,),
            ("a machine makes {a} {things} " + IN_DAYS,),
        ),
        *told(
            AND,
            "how many {period}s [does it take|is that|are needed|did it take]",
            (
                "{who} [needed|wanted|wanted to save] {a} {money}",
                "[earned|saved|made|got] {b} [a|per|each|every] {period}",
            ),
            (
                "{who} [needed|wanted|had to make] {a} {things}",
                "[made|got|collected] {b} [a|per|each|every] {period}",
            ),
        ),
        "[I|we|they] [pay|pay back|spend] {a} {money} in {b} equal [parts|payments|shares]"
        f"{END}how [much|many {{money}}] is [each|one|one of them]",
        *told(
            " ",
            "[how many pages|how many] [is that|was that|] [a|per|each|every] {period}",
            ("{who} read {a} pages in {b} {period}s",),
            ("{who} read a book of {a} pages in {b} {period}s",),
        ),
        f"{BOOK_HAS}{AND}[{{who}} read|I read] {{b}} [pages|] [a|per|each|every] "
        f"{{period}}{END}how [many {{period}}s|long] [did|does] it take",
        *told(
            " ",
            f"{FAR} [is that|was that|] [a|per|each|every] {{period}}",
            ("{who} [drove|walked|ran|cycled|went] {a} km in {b} {period}s",),
            ("[we|I|they] [drive|walk|run|cycle|go] {a} km in {b} {period}s",),
        ),
        *told(
            " ",
            "[how fast [is that|was that]|what is the speed|how many km [per|an] hour is that]",
            ("{who} [drove|walked|ran|cycled|went] {a} km in {b} hours",),
            (f"[a|the] {VEHICLE} [goes|drives|does] {{a}} km in {{b}} hours",),
            (f"[a|the] {VEHICLE} needs {{b}} hours for {{a}} km",),
        ),
        *told(
            " ",
            "[how long|how many hours] [did it take|does it take|is that|was that]",
            ("{who} [drove|walked|ran|cycled|went] {a} km at {b} km [an|per] hour",),
            (f"[a|the] {VEHICLE} [goes|drives|does] {{a}} km at {{b}} km [an|per] hour",),
        ),
        "[how long|how many hours] [do I need|does it take|do we need|do they need|"
        "is it] for {a} km at {b} km "
        "[an|per] hour",
        f"[a|the|my] {VEHICLE} [goes|drives|does] {{a}} km on {{b}} litres{END}how many km "
        "[is that|] [per|for one] litre",
        f"[a|the] [rope|ribbon|board|wall] of {{a}} {{unit}} is [cut|split|divided] "
        f"into {{b}} [equal|] [pieces|parts]{END}how [long|big] is [each|one|each one|each piece]",
        f"[a|the] [rope|ribbon|board] of {{a}} {{unit}} is [cut|split|divided] into "
        f"[pieces|parts] of {{b}} {{unit}}{END}how many [pieces|parts|] [is that|are there|"
        "do I get]",
        f"{{a}} ml of [juice|milk|water] [fill|go into|are shared between] {{b}} [glasses|cups|"
        f"bottles]{END}how [many ml are|much is] [in each|in one|in every one]",
        f"{{b}} [cakes|pizzas|meals] [need|take] {{a}} [eggs|grams of flour|tomatoes|potatoes]"
        f"{END}[how many|what] [does one of them need|do I need for one|for one]",
        "[one|a|each] [cake|pizza|meal|recipe] [needs|takes] {b} [eggs|grams of flour|tomatoes|"
        f"potatoes]{END}how many [of them|] can [I|we|you] make [from|with|out of] {{a}}",
        *told(
            AND,
            "[how many times as many is that|how many times as many does {name} have]",
            ("{name} [has|owns] {a} {things}", "{friend} [has|owns] {b}"),
            ("{friend} [has|owns] {b} {things}", "{name} [has|owns] {a}"),
        ),
        "[a|the|my|our] [room|field|board|garden|floor|wall|park] has {a} square metres and is {b} "
        f"metres [long|wide]{END}how [wide|long] is the other side",
        *told(
            AND,
            EACH_GETS,
            (
                "{who} [has|had] {a} {things}",
                "[there are|] {b} {people} [want|get] the same number",
            ),
            ("{a} {things} are on the table", "{b} {people} share them [equally|evenly|fairly]"),
            ("[we are|they are] {b} {people}", "there are {a} {things} to share"),
        ),
        "[share|split|divide] {a} {things} so that {b} {people} [get|have] the same number"
        f"{END}{EACH_GETS}",
        "[find|work out|tell me] how many {things} each of {b} {people} gets from {a}",
        "[find|work out|tell me] the price of one if {b} {things} cost {a} {money}",
        "[find|work out|tell me] how many {groups} of {b} {things} there are in {a}",
        "{name} has to [pack|carry|move] {a} {things}, {b} at a time"
        f"{END}how many [times|trips] [is that|does it take]",
        "how many [trips|rounds] does it take to [move|carry] {a} {things} [at {b} a time|{b} at a "
        "time|if {b} go each time]",
        "how many {people} can have {b} {things} each [if|when] there are {a}",
        "{a} {things} [fill|make] {groups} of {b} each"
        f"{END}how many {{groups}} [is that|are there|are full]",
    ),
}
"""Stories of one to three clauses for each operator; the expression has the numbers as above."""
