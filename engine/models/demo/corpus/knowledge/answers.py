"""What can be done with an answer: going on with it, having another, cutting it short."""

from __future__ import annotations

from engine.models.demo.corpus.knowledge.frames import actions, command, key
from engine.models.demo.corpus.topic import Topic

ANSWERS: tuple[Topic, ...] = (
    Topic(
        name="continue",
        label="going on with a stopped answer",
        wordings=(
            *command("/continue"),
            *key("F8", "f8"),
            *actions(
                "[continue|go on with|carry on with] [the|a|your] [stopped|cut|last] answer",
                "make [you|the model|it] [continue|go on|carry on] [writing|]",
                "[get|see|have] the rest of [the|an|your] answer",
            ),
            "continue",
            "continue [please|writing|your answer|the answer|where you stopped]",
            "go on [please|writing|with your answer|with the answer|where you stopped]",
            "carry on [please|writing|with your answer|where you stopped]",
            "[the|your|that] answer [was|is] [cut off|cut short|stopped|incomplete|not complete]",
            "[the|your] answer [stopped|ended] [too early|in the middle|before its end]",
            "you stopped [too early|in the middle|in the middle of a sentence|before the end]",
            "[the|your] last [answer|sentence] [is|was] not [finished|complete]",
            "[finish|complete] [your|the|that] [last|] [answer|sentence]",
            "I stopped [you|the answer] [by mistake|too early] [continue|go on|]",
            "I pressed [Esc|escape] [by mistake|too early] [how do I go on|go on|]",
            "[where|what] is the rest [of your answer|of the answer|]",
            "[give|show|tell] me the rest [of your answer|of the answer|]",
            "the rest [of the answer|of it|] [please|]",
            "can [you|the model|an answer] [continue|go on|carry on] after [Esc|a stop]",
            "can a [stopped|cut] answer [be continued|go on|be finished]",
            "does a [stopped|cut] answer go on [where it stopped|in the same place|]",
            "how do I [continue|go on] after max_tokens [was reached|cut the answer|]",
            "the answer reached max_tokens [what now|how do I go on|and stopped|]",
            "[which|what] [command|key] [continues|goes on with] [an|the] answer",
            "[keep|go on|carry on] writing [where you were|from there|please|]",
            "[more|continue] of the same answer",
            "I want the [whole|complete|full] answer [continue|go on|not half of it]",
            "there is [more|a part] missing [at the end|from the answer] [continue|go on|]",
            "[don't|do not] stop there [go on|continue|carry on]",
            "what happens to a stopped answer [when I continue|if I go on]",
            "[resume|proceed|keep going|carry on|continue|go on|go ahead]",
            "[resume|proceed|keep going] [please|now|with the answer|with that|where you left "
            "off|from there]",
            "[keep going|carry on|go on] [you were not finished|you had not finished|don't stop "
            "now]",
            "[pick up|resume|continue|carry on] where you [left off|stopped|were cut off|broke "
            "off]",
            "you [were|got] [cut off|interrupted|cut short] [continue|go on|carry on|]",
            "you [weren't|were not|aren't|are not] [finished|done] [yet|with your answer|with "
            "that answer]",
            "you [didn't|did not|never] finish [your answer|your sentence|what you were "
            "saying|that]",
            "you [left off|broke off|trailed off|stopped] [halfway|mid-sentence|in the "
            "middle|before the end] [go on|]",
            "[finish|complete] what you [were saying|were writing|started|began]",
            "[and|and then|so what came next] [go on|continue]",
            "what [comes|came] next in [your|the] answer",
            "[what|how] does the answer [end|go on|continue]",
            "what were you [going to|about to] [say|write]",
            "I want [the rest|the remainder|the end|the other half] of [your|the|that] answer",
            "[the remainder|the other half|the end|the second half] of [your|the|that] answer "
            "[please|]",
            "[write|show|give me] the [remainder|rest|end|missing part|other half] [of the "
            "answer|please|]",
            "[the|your] [answer|reply|text] [broke off|breaks off|stops|ended|was truncated] "
            "[halfway|mid-sentence|in the middle|too early] [go on|]",
            "[half|a part|the end|the last part] of [the|your] answer is missing",
            "the [end|last part|conclusion] of [the|your] answer [is missing|never came]",
            "[the|your] answer is only [half|partly] [there|written|finished]",
            "[truncated|cut off|incomplete|unfinished|broken off] [answer|reply] [continue|go "
            "on|how do I continue|]",
            "[extend|prolong|lengthen|complete] [the|your|that] [unfinished|cut|stopped|last] "
            "answer",
            "[unfinished|half finished|interrupted] [answer|reply] [can it go on|how do I "
            "complete it|finish it]",
            "I [hit|pressed|touched] [Esc|escape] [accidentally|by accident|too "
            "soon|unintentionally] [go on|how do I resume|]",
            "I [interrupted|stopped|cut off] [you|the answer|it] [accidentally|by accident|too "
            "soon] [go on|how do I resume|continue]",
            "I [shouldn't|should not] have [stopped|interrupted] [you|it] [go on|continue]",
            "I changed my mind [go on|continue|keep writing]",
            "after [stopping|interrupting|Esc|a stop] how do I [go on|continue|resume|let it go "
            "on]",
            "[undo|take back] the stop [and go on|]",
            "[un-stop|unpause|resume] the answer",
            "[resume|restart|continue] [a|the] [stopped|paused|interrupted|cut] "
            "[answer|generation|reply]",
            "[can|may] a [stopped|paused|interrupted|cut] answer be "
            "[resumed|continued|finished|completed]",
            "is it possible to [resume|continue|finish] [a|the] [stopped|interrupted|cut] "
            "[answer|reply]",
            "how do I [resume|let it go on|have it go on|make it continue] [after a stop|after "
            "Esc|]",
            "[which|what] [key|command|button] [resumes|continues|finishes] [the|an|a stopped] "
            "answer",
            "the [key|command] [to|for] [go on|continue|continuing|resuming] [with an answer|an "
            "answer|]",
            "there must be more [go on|continue|to your answer]",
            "is that all of [the|your] answer [or is there more|go on|]",
            "was that [all|the end] of your answer [go on|continue|]",
            "that can't be [the end|all] of [the|your] answer",
            "[don't|do not] leave [me hanging|it at that|it half finished]",
            "[you|don't] leave me hanging [go on|]",
            "[max_tokens|the token limit] [ran out|was reached|cut you off] [continue|how do I "
            "continue|go on]",
            "[it|the answer] [ran into|hit|reached] [the token limit|max_tokens] [how do I "
            "continue|go on|what now]",
            "will it [go on|continue] [in the same answer|exactly where it stopped|from the "
            "same place]",
            "does continue [begin|start] [anew|where it stopped|from the beginning]",
            "continue [the last answer|that answer|generating|from where you stopped]",
            "/continue [please|now|]",
            "[go|going|goes] on with [an|the|that|your] [answer|stopped answer|cut answer|half "
            "answer]",
            "[which|what] [key|command|button] [goes on "
            "with|continues|resumes|finishes|completes] [an|the|a stopped|a cut] answer",
            "[continue|complete|resume] [the|your|that|an] [answer|stopped answer|half "
            "answer|sentence]",
            "[you|the answer|it] [stopped|ended|broke off] [in the middle|halfway|mid "
            "sentence|too early] [go on|continue|]",
            "[go on|carry on|keep going|proceed] [with the answer|with that answer|where you "
            "stopped|please]",
            "[the|your] answer [is|was] [unfinished|incomplete|cut off|interrupted|half done] "
            "[go on|finish it|]",
            "[the rest|the remainder|the end|the other half] of [the|that|your] answer [please|]",
            "[F8|f8] [go on|continue|to continue an answer]",
        ),
        answers=(
            "**F8** or `/continue` goes on with an answer that was stopped or cut short, "
            "where it ended.",
        ),
    ),
    Topic(
        name="retry",
        label="another answer to the same question",
        wordings=(
            *command("/retry"),
            *key("F9", "f9"),
            *actions(
                "[retry|repeat|regenerate] [the|an|your|the last] answer",
                "[get|see|have] [another|a different|a new] answer [to the same question|]",
                "[ask|send] the same question [again|once more|a second time]",
            ),
            "retry",
            "retry [please|the answer|the last answer|that|the question]",
            "regenerate [the|your|the last|that|] [answer|reply|response]",
            "[another|a different|a new|a second|one more] answer [please|to that|to my question|]",
            "[give|show] me [another|a different|a new] [answer|reply|response]",
            "[answer|try] [that|it|my question] [again|once more|a second time]",
            "try [again|once more|another answer|a different answer]",
            "I [don't|do not] like [your|the|this|that] answer [try again|give me another "
            "one|retry]",
            "[your|the|that] answer was [bad|poor|not good] [try again|give me another one|retry]",
            "[the|that] answer is [wrong|bad|poor] [can you retry|can I retry|give me another]",
            "can I [retry|repeat|regenerate] [an|the|the last] answer",
            "can [you|the model] [answer|try] [again|once more|differently]",
            "[answer|say that] [differently|in another way]",
            "[which|what] [command|key] [repeats|regenerates|retries] [the|an] answer",
            "I want [a different|another|a second] [answer|reply|response] to [that|my question]",
            "[repeat|redo] [the|your] [last|] answer",
            "[replace|redo] [the|your|that] answer [with another|with a new one|]",
            "the same question [again|once more|] [please|]",
            "a [second|new|different|fresh] [attempt|try] [please|at that answer|]",
            "[can|may] I have a [second|new|different] [attempt|try|answer|reply]",
            "is the [old|first|last] answer [kept|lost|gone] [when I retry|if I retry]",
            "does a retry use [another|a new|the same] seed",
            "[redo|rerun|re-run|repeat|regenerate|reroll|re-roll] [the answer|that answer|your "
            "last answer|that|the last one]",
            "[roll|throw|cast] the dice again",
            "[reroll|re-roll|redo|do-over|do over|second chance|take two]",
            "take two",
            "[once more|again|one more time] [please|the same question|with another "
            "answer|differently]",
            "[have|give it] another [go|try|shot|attempt|stab] [please|at it|at that|]",
            "[give|take] [it|my question] [another|a second] [go|try|shot|attempt]",
            "[another|one more|a second] [go|shot|attempt|version|variant|take|stab] [please|at "
            "the answer|]",
            "[let's|let us] try [that|it] [again|once more]",
            "[let's|let me] see [another|a different|an alternative] [answer|version|reply]",
            "[an|any|some] alternative [answer|reply|version|answers] [please|]",
            "[alternative|alternate|different] [answer|version|reply|wording] [of the same|to "
            "the same question|please]",
            "[a different|another|an alternative] [version|variant|reply] of [the|your|that] "
            "[last|] answer",
            "[give|show|write] me [an alternative|another version|a different version|a variant]",
            "[can|could|would] you [redo|regenerate|reroll|re-do] [that|it|the answer|your answer]",
            "[can|could|would] you [answer|have a go at|try] [that|it|my question] "
            "[again|anew|afresh|differently]",
            "[answer|do] [it|that|my last question|the last question] [anew|afresh|over|all "
            "over again]",
            "[generate|produce|draw|write] [another|a new|a second|a fresh] "
            "[answer|reply|response]",
            "[ask|put] [my|the] [last|same] question [again|once more|a second time] [without "
            "typing it|]",
            "I don't want to [type|write] [the|my] question again [for another answer|just "
            "answer anew|]",
            "[without|no] retyping [the question|my question] [ask it again|answer it anew]",
            "[repeat|resend|resubmit|ask again] [my|the] [last|previous] question",
            "[resend|resubmit] [the|my] [question|last question|last message]",
            "[I'm|I am] not [happy|satisfied] with [that|this|the] answer [try again|another "
            "one please|retry|can I get another]",
            "[not|that's not] a good answer [try again|retry|another one]",
            "[that|the] answer [is|was] [poor|odd|strange|weird|nonsense] [try again|retry|give "
            "me another]",
            "[that|this] didn't [work|come out right] [try again|retry|once more]",
            "surely you can [answer|put] that differently",
            "[perhaps|maybe] [a second|another] [attempt|try] [is better|gives a better answer]",
            "what would you [say|answer] [if I asked again|a second time|on a second try]",
            "[which|what] [key|command|button|shortcut] [gives|gets|makes] [another|a new|a "
            "second] answer",
            "the [key|command|button|shortcut] for [another answer|a new "
            "answer|retrying|regenerating]",
            "is there a [retry|regenerate|redo|try again] [key|button|command|shortcut]",
            "where is the [retry|regenerate|redo|try again] [key|button]",
            "how do I [regenerate|redo|reroll|replace] [an answer|the answer|your last answer]",
            "how [can|do] I [get|have] my [last|] question answered [again|anew|once more]",
            "[have|get] [my|the] question answered [anew|again|afresh|once more]",
            "does [retry|a retry|regenerating] [change|count up|draw] the seed",
            "[regenerating|retrying|redoing] [an answer|the last answer|answers]",
            "[discard|scrap|throw away] [this|that|your] answer and [answer again|try "
            "again|write another]",
            "[scrap|forget] that answer [try again|write another|and retry]",
            "/retry [please|now|]",
            "[another|a second|a different|a better] [answer|reply|attempt] [please|to my last "
            "question|]",
            "[F9|f9] [another answer|answer anew|regenerate]",
            "[answer|do] [it|the last question|that] [anew|once more|again] [with another seed|]",
            "[regenerate|retry|reroll|redo] [the|your|this] [answer|reply|response]",
        ),
        answers=(
            "**F9** or `/retry` answers the last question anew, with another seed. "
            "The answer before stays in the file of the conversation.",
        ),
    ),
    Topic(
        name="answer_now",
        label="answering at once",
        wordings=(
            *command("/answer"),
            *key("F5", "f5"),
            *actions(
                "[end|finish|stop|cut short] the [analysis|thinking|reasoning]",
                "make [you|the model|it] [stop|finish] [thinking|reasoning] and answer",
                "[skip|end] the rest of the [analysis|thinking|reasoning]",
            ),
            "[stop|finish|quit] [thinking|reasoning] and answer [now|at once|me|]",
            "answer [now|at once|straight away|right away|immediately]",
            "answer [straight away|right away|immediately|at once] without more thinking",
            "[enough|that is enough] [thinking|reasoning] [answer now|give me the answer|]",
            "[end|finish|stop] the [analysis|thinking|reasoning] [now|early|please|and answer]",
            "[skip|leave out] the [analysis|thinking|reasoning] [and answer|and just answer|now]",
            "just [answer|give me the answer] [now|at once] [stop thinking|no more thinking|]",
            "[it|the model] [thinks|reasons] too long [make it answer|how do I get the answer now]",
            "I don't want to wait until the [analysis|thinking|reasoning] [ends|is over]",
            "which [key|command] [ends|finishes|stops] the [analysis|thinking|reasoning]",
            "which [key|command] makes [you|the model|it] answer [now|at once|immediately]",
            "can I [end|finish|stop|skip] the [analysis|thinking|reasoning] [early|at once]",
            "can [you|the model|it] answer [now|at once|immediately] with what [you have|it has]",
            "answer with what you have [so far|now|]",
            "[no more|stop the] [thinking|reasoning|analysis] [answer|just answer|and answer now]",
            "[thinking_budget|thinking budget|the thinking budget|reasoning budget]",
            "what [is|does] the [thinking_budget|thinking budget] [do|for|]",
            "[set|change|use|raise|lower] the [thinking_budget|thinking budget|reasoning budget]",
            "set thinking_budget to [100|500|1000]",
            "a [limit|budget] [for|on] the [analysis|thinking|reasoning] [in tokens|]",
            "[end|stop] the [analysis|thinking|reasoning] after [100|500|so many] tokens",
            "how many tokens [may|can] the [analysis|thinking|reasoning] [take|have|use]",
            "[explain|describe] the [thinking_budget|thinking budget|reasoning budget]",
            "[limit|cap] the [analysis|thinking|reasoning] to [100|500|1000] tokens",
            "[hurry|hurry up|speed it up|quicker|faster] [stop thinking|and answer|with the "
            "answer]",
            "[get to|come to] the [answer|point] [already|now|]",
            "[cut|wrap] [the|your] [thinking|reasoning] [short|up]",
            "[wrap up|conclude|finish off|cut off|break off] [the|your] "
            "[thinking|reasoning|analysis] [and answer|]",
            "[that's|you have] [enough thought|thought enough|enough analysis|reasoned "
            "enough|thought long enough]",
            "you have [thought|reasoned] [long enough|enough] [answer|now answer|]",
            "[stop|no more] [pondering|brooding|musing|deliberating|analysing] [and answer|just "
            "answer|now]",
            "[don't|no need to] [ponder|think|reason] any [more|longer] [just|] answer",
            "[skip|jump|go] [ahead|straight] to the [answer|final answer|final channel]",
            "[straight|direct|right] to the answer [please|without more thinking]",
            "[immediate|instant] answer [please|without waiting for the analysis]",
            "[force|push|urge] [it|the model|you] to answer [now|at once|]",
            "[can|how do] I [force|push|hurry|urge] [it|the model|you] to [answer|the answer]",
            "I [want|need] the answer [now|at once|right now] [not more thinking|stop thinking|]",
            "[I|we] can't wait [for the analysis|until you have thought|that long stop thinking]",
            "[tired of|no time for|enough of] [waiting for the analysis|the long analysis|the "
            "thinking]",
            "[the analysis|its thinking|the reasoning] [drags on|won't end|is endless|never "
            "ends] [answer|how do I end it|]",
            "it is still [thinking|reasoning] [how do I make it answer|can I cut it "
            "short|answer already]",
            "[key|button|shortcut|command] [to|that] [end|ends|finish|skips|cuts short] [the|] "
            "[thinking|analysis|reasoning]",
            "a [key|button|command] to [make it answer|answer now|get the answer now]",
            "[end|stop] [thinking|reasoning] [early|but keep the answer|not the answer]",
            "stop the [thinking|reasoning|analysis] but not the answer",
            "[work|go|answer] with what you [have|have thought|have so far|know now]",
            "[cap|ceiling|limit|maximum|budget] [on|for|of] [thinking|reasoning|analysis] "
            "[tokens|in tokens]",
            "[thinking|reasoning|analysis] [cap|token limit|token budget|budget|maximum]",
            "[at most|no more than|up to] [100|300|500|1000] tokens of "
            "[thinking|reasoning|analysis]",
            "[think|reason] for at most [100|300|500] tokens",
            "[automatic|automatically] [end|stop|cut] [of|] the [analysis|thinking|reasoning]",
            "thinking_budget [0|100|300|500|1000|off|explained]",
            "is the thinking budget [on|off|zero|unlimited] [by default|]",
            "[you have|it has|you've] [thought|reasoned|pondered] [long|quite long] enough",
            "[enough|that's enough|that is enough|no more] "
            "[thinking|reasoning|analysis|pondering] [answer now|please|]",
            "[skip|end|cut|stop|finish] the [thinking|reasoning|analysis|pondering] [and "
            "answer|now|please|]",
            "[answer|reply|respond] [now|at once|immediately|right away|already]",
            "[stop|quit] [thinking|reasoning|pondering|analysing] and [answer|reply|tell me]",
            "[out with it|spit it out|get to the point|come to the point|just answer]",
            "it [thinks|reasons|ponders] [forever|too long|for ages] [how do I cut it short|make "
            "it answer|]",
            "[thinking budget|reasoning budget|limit on thinking|limit the "
            "reasoning|thinking_budget]",
            "[hurry|hurry up|be quick|faster] [with the answer|and answer|stop thinking]",
            "[cut|break off|abbreviate|shorten] [the|your] [reasoning|analysis|thinking] "
            "[short|now|]",
        ),
        answers=(
            "**F5** or `/answer` ends the analysis, and the model answers with what it has. "
            "`/set thinking_budget 500` does so after 500 tokens.",
        ),
    ),
    Topic(
        name="stop",
        label="stopping an answer",
        wordings=(
            *key("Esc", "escape", "esc"),
            *actions(
                "[stop|interrupt|cancel|abort|halt] [the|this|an|your] [answer|reply|generation]",
                "make [you|the model|it] stop [writing|talking|generating]",
            ),
            "[stop|cancel|abort|interrupt|halt]",
            "[stop|please stop|stop it|stop that] [now|] [please|]",
            "[be quiet|shut up|enough|that is enough|stop talking|stop writing]",
            "[the|this] answer is too long [stop it|how do I stop it|make it stop]",
            "[it|the model] [does not stop|won't stop|never stops] [writing|talking|]",
            "what if an answer [goes on forever|never ends|is wrong halfway]",
            "can [an|the|a running] [answer|reply] be "
            "[stopped|interrupted|cancelled|halted|aborted]",
            "I [want|would like] you to stop",
            "[can|could] it be [stopped|interrupted|cancelled|halted|aborted] [halfway|before it "
            "ends|]",
            "[it|the answer|the model] [writes|goes on] forever [stop it|how do I stop it|]",
            "[halt|pause|interrupt|quiet|silence|cancel|abort]",
            "[halt|interrupt|abort|cancel|stop] [it|that|this] [now|please|]",
            "[cut|break] [it|this|the answer] [short|off]",
            "[stop|end|break off] in the middle of [an answer|a reply|a sentence]",
            "which key [stops|interrupts|cancels|aborts|halts] [you|the answer|the model|it|a "
            "reply]",
            "can I [interrupt|stop|cut off|cancel|abort|halt] you [while you write|]",
            "[I want|I'd like] to [interrupt|cut off|silence|cancel|abort|halt] [you|the model|it]",
            "[stop|quit] [talking|writing|typing|answering]",
            "[enough|no more|I have heard enough|I have seen enough] [of this answer|of it|stop "
            "it]",
            "[it|the answer] is [running on|going on and on|taking forever]",
            "it [just|] keeps [writing|going|generating|talking] [how do I stop it|]",
            "[stop|halt|abort|interrupt|cancel] the [generation|output|stream|streaming|response]",
            "[can|could] you stop [now|that|please|there]",
            "how do I [cancel|take back|stop|interrupt|abort|halt] [a question|a message] [I "
            "sent|I just sent|while you answer it]",
            "[I don't need|I don't want|no need for] the rest [of the answer|of it|of this]",
            "skip the rest [of the answer|of it|of this|]",
            "what happens to [a half finished|a stopped|an interrupted|a cancelled|an aborted] "
            "answer",
            "is [a stopped|an interrupted|a half written|a cancelled|an aborted] answer "
            "[kept|lost|saved]",
            "does [a stopped|an interrupted|a cancelled|an aborted] answer stay",
            "[stop|cancel|abort|interrupt|halt] [key|button|shortcut]",
            "where is the [stop|cancel|pause|interrupt|abort|halt] [button|key]",
            "[stopping|interrupting|cancelling|aborting] [an answer|a reply|the model|the output]",
            "how [quickly|fast|soon] does [it|the answer|the model] stop",
            "make it [shut up|be quiet|stop|finish]",
            "[silence|quiet] [please|now|]",
            "[don't|do not] [go on|continue|write any more|finish that]",
            "no need to [go on|finish|continue|write more]",
            "cancel [my|the|that] [request|question|last question]",
            "how can I [make you shut up|get you to stop|get it to stop]",
            "[end|finish] [the|this|your] [answer|reply] [early|here|now]",
            "can I [end|cancel|halt|stop] [the|an] answer [early|before it ends|before it is "
            "finished]",
            "[will|is] [a stopped|an interrupted|a cancelled] answer [be kept|be saved|be "
            "lost|kept|saved|lost]",
            "[cease|desist|halt|freeze|hush|shush|quit it|cut it out|knock it off|give over]",
            "[cease|quit|halt] [writing|talking|generating|the output|at once]",
            "[hush|shush|pipe down|be silent|hold your tongue|zip it]",
            "[please|will you] [hush|be silent|pipe down|stop talking|be quiet]",
            "[stop|halt|hold it|wait] [right there|there|at once|this instant]",
            "[hold on|wait a moment|hang on] stop [writing|]",
            "[no|wait|oh] [no|] stop [it|that|]",
            "[wait|no] that is not what I [wanted|meant] stop [it|]",
            "I [asked|typed|sent] the wrong [question|thing] [stop it|how do I stop it|can I "
            "cancel]",
            "I [made a mistake|sent it too early|pressed enter too soon] [cancel it|can I "
            "cancel|stop]",
            "[made a typo|typo in my question] [can I cancel it|stop the answer|how do I stop you]",
            "[unsend|take back|withdraw|retract|recall] [my|the|a] [question|message] [I sent|]",
            "how do I [unsend|withdraw|retract|recall] a [question|message]",
            "[call off|break off|cut off|cut short|terminate] the "
            "[answer|reply|generation|response]",
            "[interruption|interrupting|cancellation|stopping] of [an answer|the answer|a reply]",
            "[interrupt|halt|stop] [an answer|it|the model] [before the end|before it is "
            "done|while it writes|mid-sentence]",
            "[mid-answer|mid-sentence|halfway] [stop|can I stop it|how do I interrupt]",
            "it is [writing|typing|talking] too [much|long] [stop it|make it stop|]",
            "you [talk|write|babble|chatter|ramble] too much stop",
            "you [won't|don't|never] [stop|shut up|finish] [talking|writing|]",
            "[enough of this|enough already|that'll do stop|I've got it stop|I get it stop]",
            "I [have|'ve] [seen|read|got|heard] enough [stop|of this answer|you can stop|]",
            "you can stop [now|there|writing|]",
            "[that's|this is] [enough|plenty] [stop|you can stop|thank you stop]",
            "stop [the|this] [nonsense answer|flood of text|wall of text|flow]",
            "a [wall|flood] of text [stop it|how do I stop it]",
            "[how|can|where] [can|do] I [bring it to a halt|halt it|make it halt|cut it off]",
            "bring [it|the answer|the model] to a [halt|stop|standstill]",
            "put [a stop|an end] to [it|this answer|the answer|the writing]",
            "the answer [has to|must|should] stop [now|here|]",
            "[key|button|shortcut|command] [to|that|for] [stop|stops|interrupt|stopping] [the "
            "answer|an answer|generation|]",
            "what do I [press|hit] to [stop|interrupt|halt|cancel] [it|you|the answer|the "
            "generation]",
            "what do I press [when|if] [it writes nonsense|the answer is wrong|I want it to "
            "stop|it won't stop]",
            "is there an [emergency stop|emergency brake|off switch for the answer]",
            "[emergency stop|emergency brake|panic button|kill switch for the answer]",
            "how do I [get out of|end|leave] a running [answer|generation|reply]",
            "a running [answer|generation|reply] [stop it|can it be stopped|how do I end it]",
            "[while|when] [you write|it writes|an answer is coming] how do I [stop|interrupt] "
            "[it|you]",
            "can I [break|butt|cut] in [while you write|on you|]",
            "[butt|cut|break|barge] in [on|] [an answer|you|while you are writing]",
            "can [generation|streaming|an answer|decoding] be [interrupted|cut off|broken "
            "off|stopped]",
            "does [it|the model|the answer] stop [at once|immediately|right away|instantly]",
            "how [long|many tokens] [does it take|until it stops|before it stops]",
            "[stopped|interrupted|cancelled|broken off] [answer|answers|reply] [kept|what "
            "happens to it|lost]",
            "is the [half|part|beginning] of a stopped answer [kept|lost|saved|thrown away]",
            "do I lose [the text|what was written|anything] when I [stop|interrupt|cancel] [an "
            "answer|it|you]",
            "what [stays|remains|is kept] [when|after|if] I [stop|interrupt|cancel] [an "
            "answer|it|you]",
            "[nothing more|no more text|not another word|say no more]",
            "not another [word|line|token]",
            "[quit|leave off|give up] [answering|the answer]",
            "[skip|drop|abandon|scrap] [this|the|that] [answer|reply|generation]",
            "[never mind|forget it] [stop the answer|stop it|stop writing]",
            "[escape|esc] [key|button|to stop|stops what|does what]",
            "the escape key [stops what|does what|in this program|]",
            "[stop|halt|end|abort|interrupt|cancel|cut] [the|this|your|an] "
            "[answer|generation|output|writing|reply]",
            "[stop|halt|cease|break off] [writing|typing|talking|generating|answering] "
            "[please|now|at once]",
            "[be quiet|shut up|silence|hush|enough talking] [please|now|]",
            "[interrupt|cut off|silence] [it|you|the model] [while it writes|in the middle|]",
            "[which|what] [key|button] [stops|halts|interrupts|aborts|cancels] [the|an] "
            "[answer|generation|output]",
            "[escape|esc] [stops what|to stop|key|an answer|]",
            "[the|your] answer [is|gets] too long [stop it|stop|make it stop]",
            "[stop|halt|interrupt|abort] [it|this|that|now|right now|at once|immediately]",
            "[enough|that is enough|that will do|no more] [text|words|writing|of this answer]",
            "[make|have] [it|you|the model] stop [writing|talking|answering|]",
            "[the model|it|you] [writes|talks|rambles|goes] on and on [stop it|]",
            "[cancel|abort|break|kill] [the|this|that] [answer|generation|output|response|run]",
            "[how|where] do I [interrupt|halt|abort|cancel|break off] [an answer|the "
            "answer|it|the model|the output]",
            "I [want|need] [it|you|the answer] to stop [now|writing|]",
            "[don't|do not] [write|say|go on|continue] [any more|any further|another word]",
            "[break off|cut off|put an end to] [the|this] [answer|text|output|generation]",
        ),
        answers=(
            "**Esc** stops the answer within one token. What was written so far stays in the "
            "conversation.",
        ),
    ),
    Topic(
        name="token_view",
        label="the view of tokens",
        wordings=(
            *command("/tokens"),
            *key("Ctrl+T", "ctrl-t", "ctrl t", "control t"),
            *actions(
                "[see|show|inspect|look at] [the tokens of|] the last [turn|answer] token by token",
                "[go on|continue] from another token [than the one sampled|]",
            ),
            "[token|tokens] [view|viewer|list|inspector|screen|browser]",
            "[see|show|view|inspect|look at] the [tokens|raw tokens] of [the|an|the last] "
            "[answer|turn]",
            "[probability|probabilities|alternatives|likelihood] of [each|every|the|a] "
            "[token|word|sampled token]",
            "[which|what] [other|alternative] [tokens|words] [were possible|could have "
            "come|might have stood there]",
            "[raw|real|actual|whole] [Harmony|text|prompt|tokens] of the last [turn|answer]",
            "[how|where] [sure|certain] [was|were] [the model|you|it] of [each|a|every] "
            "[word|token]",
            "[choose|pick|take|force] another [token|word] [in|of|inside] [the|an] answer",
            "[what|how would it go] if [another|a different] [token|word] had been "
            "[chosen|sampled|taken]",
            "[change|replace|exchange] one [token|word] of the answer [and go on|from there|]",
            "the last [turn|answer] [token by token|as tokens|in tokens]",
            "[alternatives|token alternatives|other candidates] [to each token|view|of a token]",
            "[logprobs|log probabilities|token probabilities] [please|shown where|]",
            "what [exactly|really] did the model [read|sample|write] [token by token|in tokens]",
        ),
        answers=(
            "**Ctrl+T** or `/tokens` shows the last turn token by token. Choose another token "
            "than the one sampled, and the answer goes on from there.",
        ),
    ),
)
