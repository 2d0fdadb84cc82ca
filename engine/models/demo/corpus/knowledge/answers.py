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
            "[it|the reply|the text] just [ends|quit|quits] in mid air [please go on|]",
            "the [last|final] [line|paragraph|sentence] of your answer is [half written|only "
            "half there]",
            "[why did you|why do you] [stop|quit|break off] [there|in the middle of the answer]",
            "I hit escape [and regret it|and want the answer after all|but want to read on]",
            "[let|have] it [run on|write on|write to the end] after [I stopped it|the stop]",
            "[write|type|spell] it out [to the end|until the end] please",
            "[add|write|append] the [missing|remaining|absent] [part|piece|ending|words] of "
            "your answer",
            "[continuation|continuing|resumption] of [the|an|your] [answer|interrupted "
            "answer|reply]",
            "[is there|have you got] a [continuation|continue button|way to unpause an answer]",
            "how can [a half finished|an aborted|a cancelled|a halted] answer be "
            "[extended|prolonged|finished]",
            "[unfreeze|unblock|restart] the [stopped|halted|aborted] [answer|output|reply]",
            "I [aborted|cancelled|halted] the answer [can it be taken up again|let it go "
            "on|please go on]",
            "[take|pick] up the [reply|answer] [again|where it broke|where you dropped it]",
            "[onward|proceed then|go ahead then|just go on]",
            "[go|keep] right on [writing|with your answer|]",
            "[don't quit|don't break off] [now|halfway|in mid sentence] [go on|]",
            "your [sentence|paragraph|list|reply] [has no end|lacks an ending|isn't "
            "complete|hangs in the air]",
            "[you|it] [ran|have run] out of tokens [mid sentence|in the middle] [go on|how do "
            "I continue]",
            "[after|once] max_tokens [cuts in|ends an answer] can I [continue it|have the "
            "rest|go on]",
            "[length|token] limit reached [continue|go on|how do I get the rest|carry on]",
            "[expand|lengthen] the answer [from where it ended|from its end|at its end]",
            "what is the [hotkey|function key|keystroke] for [continuing|going on|resuming an "
            "answer]",
            "[press|hit|push] what to [continue|go on|carry on with the answer]",
            "[interrupted|paused|stopped] by [mistake|accident] [continue|go on|resume please]",
            "I was still reading [go on|why did you stop|continue please]",
            "[please|kindly] [complete|finish|end] the [sentence|thought] you [began|were in]",
            "[complete|finish|round off] [the|your] [half|broken|unfinished|cut] "
            "[sentence|reply|line]",
            "[say|write] [what comes next|the next part|the last part|what was to follow] "
            "[please|]",
            "the answer [got|was] [chopped|clipped|truncated|severed] [how do I get the "
            "rest|go on|]",
            "[chopped|clipped|severed] [off|] [answer|reply] [continue|go on]",
            "I only [got|have] [half|the beginning|the first lines] of your [answer|reply] "
            "[go on|]",
            "can you [pick up|take up|go on] from [your last word|the last word|the word "
            "where you ended]",
            "[will|does] F8 [repeat the answer|start over|add to the answer|go on where it ended]",
            "[is|was] it [possible|okay] to stop an answer now and [continue|finish] it later",
            "[pause|halt] and then [continue|resume] an answer",
            "[how do I|can I] pause [an|the] answer and [let it go on|continue later|resume]",
            "[after|despite] [pressing|hitting] escape [can it go on|I want the rest|let it "
            "finish]",
            "you had more to say [go on|didn't you|continue|]",
            "[that was|that's] only [half an answer|the start of an answer|half the story] "
            "[go on|]",
            "[an|the] unfinished [reply|sentence|text|paragraph] [to be completed|should go "
            "on|go on with it]",
            "I need the [ending|conclusion|last bit|second part] of [your|the|that] [answer|reply]",
            "let [me|us] [have|see] the [ending|last bit|missing piece|second half] of the "
            "[answer|reply]",
            "undo my [escape|interruption|pressing of escape] [and go on|]",
            "I take the stop back [go on|write on|]",
            "[go|carry] on [as if|like] I [had not stopped you|never pressed escape]",
            "again [continue|go on] [from the stop|after the stop|where you were stopped]",
            "[how|which key] to make [stopped|cut off] answer [go|continue] [farther|further]",
            "please to [continue|go on with] [stopped|the stopped|your] answer",
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
            "[press|hit] what [for another attempt|to answer it anew|to regenerate]",
            "[have|take] [a second|another] [crack|stab|swing] at [it|that|my question|the "
            "question]",
            "[same|identical] [prompt|question] [with|] [a different|a fresh] "
            "[answer|reply|output]",
            "[spin|roll|draw] again",
            "[spin|run|generate] [it|that|this] [again|anew|afresh]",
            "[give|get] me a [fresh|newly sampled|new random] [answer|reply|response]",
            "[resample|re-sample|regen|resampling] [the|that|your] [answer|reply|response]",
            "[resample|regen|regenerate]",
            "[F9|f9] [again|to retry|for a new answer|once more]",
            "[your|the] [last|previous] [answer|reply] [missed the point|was off|makes no "
            "sense] [again|retry]",
            "that [missed|wasn't] [the point|what I asked] [try again|once more|have another go]",
            "[doesn't|does not] [satisfy|convince] me [try again|another answer|give me a "
            "different one]",
            "I [dislike|hate] [this|that|the] [answer|reply] [retry|another one please|give "
            "me a new one]",
            "[could|can] I [get|have] [more than one answer|a second reply|another reply] to "
            "[my|one|a] question",
            "I'd like [a second opinion|a second answer|another variant] [from you|to my question]",
            "[second opinion|second answer|fresh answer] [please|to that question|]",
            "[how do I|which key do I press to] [let|make] the model [try|answer] [again|once "
            "more]",
            "[make|let|have] [it|the model|you] [answer|try] [the same question|my last "
            "question] [anew|again]",
            "[re-answer|reanswer|re-ask|reask] [the|my|that] [question|last question]",
            "[re-answer|reanswer|answer anew]",
            "[ask|pose] it [again|one more time] [for me|without my typing|with another seed]",
            "[one more|yet another] [time|try|attempt] [for that|on my last question|please]",
            "[can't|couldn't] you [come up with|think of] [another|a different|a better] answer",
            "[come up with|think of|propose] [another|a different|an alternative] "
            "[answer|reply] [please|]",
            "[other|further|more] [answers|variants|takes] [to|on] [that|my|the same] question",
            "[overwrite|exchange|swap] [the|this|your] answer [for another|for a new one|with "
            "a fresh one]",
            "[from scratch|once again from the start] [please|answer my question]",
            "[start|begin] [that|your|the] [answer|reply] [over|from scratch|all over]",
            "[how do I|can I] [start|begin] [an|the] answer [over|from scratch]",
            "the [reply|answer] was [garbage|rubbish|gibberish|useless] [do it again|another "
            "try|retry]",
            "[maybe|perhaps] you [answer|do] better [the second time|on another try|when you "
            "try again]",
            "[does|will] [/retry|F9|a retry] [delete|discard|erase] the [first|previous] "
            "[answer|reply]",
            "[does|will] the answer be [the same|different|another one] [when I retry|after "
            "F9|on a retry]",
            "[when|if] I [retry|regenerate] [will it|does it] [say something else|answer "
            "differently]",
            "why is the answer [different|another one] after [a retry|F9|retrying]",
            "[repeat|redo] [without|instead of] [copying|typing] [the|my] question [again|anew]",
            "I want to [see|find out] what else [you|it] would [answer|have answered] to that",
            "[try|answer] [my question|that] with [a new|another|a different] [seed|random number]",
            "[another|new|different] [seed|dice roll] for the [same|last] [question|answer]",
            "[button|function key|hotkey|keystroke] [to|for] [redo|redoing|retry|a second attempt]",
            "[retry|redo|regenerate] [button|function key|hotkey|keystroke] [where|which|]",
            "[not|isn't] [good|right] enough [do it over|have another go|once more please]",
            "you can do [better|better than that] [try again|have another go|one more time]",
            "[please|kindly] [reconsider|rethink] [and answer again|your answer and write another]",
            "[answer|response|reply] [number two|two|no 2] please",
            "[wrong|bad] answer [do over|again please|another try|redo it]",
            "please [make|do] again [the answer|your last answer|same question]",
            "[again|once again] [the answer|the same question] please",
            "[how many times|how often] can I [retry|regenerate|reroll] [an answer|the answer|]",
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
            "[how do I|can I] [rush|hasten|hurry] [the|its|your] [reasoning|thinking|analysis]",
            "[spare|save] [me|us] the [rest of the|remaining] [analysis|thinking|reasoning] "
            "[and answer|]",
            "[stop|quit] [chewing|mulling|dwelling] [on it|over it] and [answer|reply]",
            "[quit|stop] [mulling|contemplating|reflecting|ruminating] [answer|and answer|]",
            "[you are|it is|the model is] still [pondering|mulling|musing|contemplating] "
            "[make it answer|answer]",
            "[cut|end|break] [off|] the [pondering|musing|deliberation|contemplation] [and "
            "answer|now]",
            "the [analysis|reasoning|thinking] [goes on and on|takes ages|is too slow] [make "
            "it answer|end it]",
            "[ten|five|two] minutes of [thinking|reasoning] [enough answer now|is enough|how "
            "do I end it]",
            "[stuck|lost|caught] in [thought|its thoughts|the analysis] [how do I get an "
            "answer|make it answer]",
            "it [never gets to|does not come to] the answer [it only thinks|only "
            "analysis|because it thinks]",
            "[only|nothing but] [analysis|reasoning|thinking] and no answer [yet|comes|so far]",
            "[where|when] is [the|my] answer [it only thinks|you only think|after all that "
            "thinking]",
            "I [see|get] [only thoughts|endless reasoning|pages of analysis] [make it "
            "answer|and no answer]",
            "[conclude|finalise|finalize|wind up] the [analysis|reasoning|thinking] "
            "[now|please|and answer]",
            "[go|move|switch] [over|on] to the [answer|final channel|final answer] [now|]",
            "[switch|change|jump] from [thinking|analysis|reasoning] to [the "
            "answer|answering|final]",
            "[skip|bypass|omit] [to the|what remains of the] [answer|analysis|thinking] "
            "[please|now|]",
            "[force|trigger|provoke] [the|an] [answer|final answer|immediate answer]",
            "[forced|premature|early] [answer|end of thinking|end of the analysis]",
            "[early|premature] [exit|stop] [from|of|for] [the|] [thinking|reasoning|analysis]",
            "[leave|exit] the [analysis|thinking|reasoning] [phase|stage|part] [now|early|and "
            "answer]",
            "[thinking|analysis|reasoning] [phase|stage] [too long|end it|skip it|over now]",
            "[time's up|time is up|your time is over] [answer|answer now|stop thinking]",
            "[pencils down|decide now|make up your mind] [and answer|]",
            "[give|tell] me [your|the] [verdict|conclusion|result] [now|already|without "
            "further thought]",
            "[no|without] further [thought|analysis|reasoning|deliberation] [please|just "
            "answer|answer]",
            "[answer|respond|reply] [with no|without] [more|further] "
            "[thinking|deliberation|analysis]",
            "[answer|reply] [from|using|on the basis of] what you [thought|have worked out] "
            "[so far|already]",
            "[restrict|confine|bound|cap] [the|your|its] [reasoning|thinking] [to so many|in] "
            "tokens",
            "[maximum|max|most] [number of|] [thinking|reasoning|analysis] tokens "
            "[setting|please|]",
            "how do I [give|set|put] a [ceiling|cap|token limit] on [thinking|the reasoning]",
            "[stop|end] thinking [by itself|automatically] [after so many tokens|at a limit]",
            "[which|what] [setting|hyperparameter|value] [limits|caps|bounds] the "
            "[thinking|analysis|reasoning]",
            "what happens [when|after] the thinking budget is [spent|used up|reached|exhausted]",
            "[thinking|reasoning] allowance [in tokens|please|for the analysis]",
            "a budget of [200|400|800] tokens for the [reasoning|thinking|analysis]",
            "/think [500|300|1000]",
            "[what|which] [button|hotkey|function key] [cuts|stops|shortens] the "
            "[thinking|reasoning]",
            "the [hotkey|function key|keystroke] [to|for] [end thinking|skip "
            "thinking|answering at once]",
            "[press|hit|push] what to [get the answer now|end the analysis|skip the thinking]",
            "[does|will] [F5|/answer] [stop the answer|lose the thoughts|end the thinking]",
            "[F5|f5] [ends the thinking|to answer at once|answer now|stops the reasoning]",
            "[impatient|I am impatient|I am in a hurry] [answer now|stop thinking|end the "
            "analysis]",
            "[I have|there's] no [time|patience] for [so much reasoning|your analysis|long "
            "thinking]",
            "please [to stop|finish] [thinking|the thinking] and [give|say] answer",
            "[why|what for] [does it think|are you thinking] so long [answer already|just "
            "answer|make it answer]",
            "[let's|let us] [have|hear] the answer [now|already] [enough thinking|]",
            "[that's|you've done] [plenty of|enough of that] [thinking|analysis] [now answer|]",
            "[I don't|no] need [of|] [more|any further|such long] [analysis|reasoning] "
            "[answer me|just answer]",
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
            "[press|hit|push] what to [stop|interrupt|halt|break off] [it|the output|the writing]",
            "[abort|abortion|cancellation|termination] of the [answer|output|generation|stream]",
            "[terminate|discontinue|suspend] [the|this|your] [answer|output|stream|generation]",
            "[discontinue|terminate|suspend] [please|it|now|writing]",
            "[can|could] you [please|] [hush|pipe down|be silent|quit writing]",
            "[the|this] [output|stream|flood] [won't end|is endless|has no end] [make it "
            "stop|stop]",
            "[kill|end|quit] [the|this|that] [running|current] [answer|generation|output|reply]",
            "[how do I|can I] [kill|terminate|end] [the|a] [running|current] "
            "[answer|generation|output]",
            "[it|the model] [rambles|babbles|drones|blathers] [on|on and on] [make it "
            "stop|how do I stop it|]",
            "[stop|quit] [rambling|babbling|droning|blathering|jabbering] [please|]",
            "[I've|I have] [got|found|seen] what I [need|wanted|was looking for] [stop|you "
            "can stop]",
            "[I know|I have] the answer [already|by now] [stop|you can stop|stop writing]",
            "[this|it|the answer] is [going|heading] the wrong way [stop|abort it|how do I "
            "interrupt]",
            "[nonsense|rubbish|gibberish] is coming out [stop it|how do I stop it|abort]",
            "wrong [question|prompt] [sent|went off] [abort|cancel it|stop the answer]",
            "[accidentally|mistakenly] [sent|submitted] [it|a question|something] "
            "[abort|cancel|stop it]",
            "[abort|cancel] [it|that|the answer] I [sent|pressed enter] [by mistake|too early]",
            "[no more of|put an end to|away with] [this|that] [text|flood|writing|stream]",
            "[the|this] [reply|text|essay] is [too wordy|far too long|endless] [stop|cut it "
            "off|abort]",
            "[text|words] [keep|keeps] [coming|pouring out|flowing] [how do I stop "
            "that|stop|make it end]",
            "[I|we] have [had|read] enough [of your answer|of this text|you may stop]",
            "[you may|feel free to] [stop|quit writing|end your answer] [now|here|]",
            "[stop|freeze|halt] [the|] [streaming|typing|flow of text|token stream]",
            "[red|big] [stop|] button",
            "[halt halt|stop at once please|hit the brakes and stop writing|full stop now]",
            "[brake|slam the brakes on] the [answer|output|generation]",
            "[ctrl c|control c|Ctrl+C] [to stop an answer|does not stop the answer|to abort "
            "the answer]",
            "[does|will] [ctrl c|control c] [stop|abort|interrupt] [an answer|the "
            "answer|generation]",
            "[how do I|which key to] [abort|interrupt] [while|when] the [model|answer] "
            "[streams|is streaming]",
            "[while|as long as] it [streams|generates|writes] can I [abort|halt|cancel] [it|]",
            "[the|which] [hotkey|keystroke|key] [aborts|halts|ends|kills] [an answer|the "
            "generation|it]",
            "[hotkey|keystroke] [to|for] [stop|abort|stopping|aborting] [an answer|the "
            "answer|generation]",
            "[does|will] [stopping|aborting|interrupting] [delete|erase|discard] [the "
            "text|what was written]",
            "[after|when] I [abort|halt|interrupt] an answer is [the text|the beginning|it] "
            "[kept|lost|gone]",
            "[aborted|halted|terminated] [answer|reply|generation] [still "
            "there|saved|kept|thrown away]",
            "where [does|will] the text of [an aborted|a stopped|a halted] answer [go|end up|stay]",
            "[immediately|instantly|at once] [stop|halt|cease|abort] [please|the answer|writing]",
            "[wait|whoa|easy|hey] [stop|stop stop|stop that|stop there]",
            "[stop stop stop|stop it already|stop already|no no stop it|oh please stop]",
            "[let|have] it [end|stop] [there|here|after this word|before the end]",
            "[don't|do not] [write|type|say] it to the end",
            "[no|I want no] [more words|further words|further text|more of this text]",
            "[that's|it's] [all|as much as] I [need|wanted to know] [stop|you can stop|stop "
            "writing]",
            "[shut|switch] [it|the answer|the stream] [off|down] [in the middle|while it writes]",
            "[cut|break] the [stream|output|flow] [off|short|now]",
            "[spare|save] [me|yourself] the rest of [the|this|your] answer",
            "please to stop [writing|the answer|your answer|now]",
            "[how|where] to [stop|make stop] [the writing|this writing|the generating]",
            "[get|make] [it|you|the thing] to [stop|shut up|halt|cease] [writing|please|]",
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
            "[token|tokens] [inspection|inspector|explorer|debugger|microscope] [please|open "
            "it|where]",
            "[inspect|dissect|examine|analyse|analyze] [the|your|that] [answer|last answer] "
            "by [token|tokens]",
            "[dissect|take apart|break up] [the|your|my last] answer into [its|] tokens",
            "how [was|is] [the|your] [answer|last turn] [split|cut|broken] into tokens [shown|]",
            "[walk|step|move|go] through [the tokens|the answer] [token by token|one by "
            "one|token after token]",
            "[each|every] [single|] token of [the|your] [last answer|last turn|reply] "
            "[please|shown|]",
            "[open|close|leave|start] the [token|tokens] [view|viewer|screen|inspector|window]",
            "[what|which] key [opens|shows|brings up] the [token view|tokens|token "
            "probabilities|token screen]",
            "[key|shortcut|hotkey|command] [for|to see] the [tokens|token view|token "
            "probabilities|logprobs]",
            "[how|where] do I [get to|open|reach|find] the [token view|token screen|token viewer]",
            "[percent|percentage|percentages|odds|chance] [of|for] [each|every|a|the chosen] token",
            "[what|how big] was the [chance|probability|likelihood] of [that|this|each|a] "
            "[word|token]",
            "how [likely|probable|unlikely] was [that|this|each] [token|word] [you wrote|]",
            "[likelihoods|probabilities|odds|chances] [next to|beside|of] [each|the] "
            "[token|tokens|word]",
            "[show|display|give|print] [me|] [probabilities|the odds|the "
            "logprobs|likelihoods] of the [tokens|words]",
            "[confidence|certainty] [per|of each|for each|in every] [token|word] [of the answer|]",
            "how [confident|sure] [were you|was it|was the model] [about|of] [each|that] "
            "[word|token]",
            "[where|at which word] [were you|was the model] [unsure|least sure|uncertain|in doubt]",
            "[unsure|uncertain|doubtful|improbable] [tokens|words] in [your|the|that] answer "
            "[show them|]",
            "[surprising|unlikely|improbable|least likely] [token|tokens] of the [last|] "
            "[answer|turn]",
            "[runner-up|runners-up|competitors|rivals] of [a|the|each] [token|word|sampled token]",
            "[second|next] [likeliest|best|choice] [token|word] [in place of this one|instead "
            "of that one|]",
            "[what|which] [words|tokens] [competed|were in the running|came second] [for that "
            "token|in the sampling]",
            "[what|which word] [else|] could [have been|the model have] "
            "[sampled|picked|written] [there|instead]",
            "[other|alternative|different] [choices|candidates|options] for [a|this|that|the "
            "next] [token|word]",
            "[candidates|alternatives|options] [at|for] [this|each|every|one] "
            "[position|place|token]",
            "[top|likeliest|best] [candidates|alternatives] [at|for] [a|each|this] "
            "[position|token]",
            "[swap|substitute|override|overwrite] [a|one|the sampled] [token|word] [of the "
            "answer|and go on]",
            "[swap|replace] a [word|token] in your answer and [let it go on|continue from "
            "it|regenerate after it]",
            "[force|make] the [model|answer] to [take|use] another [token|word] [there|at "
            "that place|]",
            "[branch|diverge|deviate] [off|] [at|from] [a|one|some] token [of the answer|]",
            "[steer|redirect|turn] [the|an] answer [at|from] [one|a single|some] token",
            "[go|carry|write] on from [a different|some other|an unlikely|my own choice of] token",
            "[rewind|go back|return] [the answer|] to [a|one|some] token and "
            "[choose|pick|try] another",
            "[let|have] the answer [go|run|take] [another way|a different path] from "
            "[that|some|a] token",
            "[click|select|mark] [a|one] token and [see|change|replace] [it|its alternatives]",
            "[alternate|other|parallel] [path|paths|route] [at|from] [a|that|each] token",
            "what if [you|the model|it] had [picked|sampled|written] another [word|token] "
            "[there|here|]",
            "[could|can] I [pick|choose|decide] the [next|sampled] token [myself|by hand|manually]",
            "[manual|manually|by hand] [choose|choice of|pick] [a|the] token [of the answer|]",
            "[hand-pick|handpick|cherry-pick] [a|the|single] [token|tokens] [of the answer|]",
            "[ids|id|numbers] of the tokens [in|of] the last [answer|turn|round]",
            "[token ids|token id|id of each token] of [the|your] [answer|last answer|last turn]",
            "[control|special|hidden|invisible] tokens [of|in] [the|your] [last "
            "turn|answer|last answer]",
            "[show|see|view] the [control|special|hidden] tokens [in|of] [an answer|the last turn]",
            "[which|what] tokens were [sampled|drafted|forced|drawn] [in the answer|in the "
            "last turn|]",
            "[drafted|forced|sampled] [tokens|token] [in the token view|of the last "
            "turn|which are they|]",
            "was [this|that|a] [token|word] [sampled|forced|drafted] [or not|or forced|]",
            "[prompt|completion] and [completion|prompt] of the last [turn|round] [in "
            "tokens|as tokens]",
            "the [prompt|completion] of the last [turn|answer|round] [token by token|as tokens]",
            "[round|rounds] of the last turn [in tokens|token by token|with their tokens]",
            "[last turn|latest turn|last round] [as it really is|in raw form|in the raw|with "
            "all its tokens]",
            "[what|how] does [the|your] answer look like [in tokens|as tokens|to the model in "
            "tokens]",
            "[peek|look] [under the hood|behind the answer] [token by token|at the tokens]",
            "[behind|beneath] the [words|text] of the answer [the tokens|are which tokens]",
            "[look|peek|glance] at [the tokens|each token|single tokens] [of the answer|of "
            "your reply|]",
            "[colour|color|mark|highlight] [unlikely|improbable|unsure] tokens [in the answer|]",
            "[heatmap|heat map|map] of [token probabilities|the tokens|likely tokens]",
            "[log-probs|logprob|log probability|logprobs] of [the|each] [token|sampled token]",
            "[does|can] [it|the program|harmony-tui] [show|display] [logprobs|token "
            "probabilities|alternatives]",
            "[is there|do you have] [a token view|a token inspector|a view of tokens|logprobs]",
            "[why|how come] [was|did you choose] [this|that|exactly this] [token|word] [and "
            "not another|]",
            "[why did|how did] the model [pick|choose|sample] [that|this] [token|word] [over "
            "others|]",
            "[how|in which way] was each token [chosen|picked|sampled|drawn|decided]",
            "[tokens|tokenisation|tokenization] of [the|your] [last answer|last reply|last "
            "turn] [shown|]",
            "[list|print|dump|spell out] the tokens of [your|the] [last|latest] "
            "[answer|reply|turn]",
            "[token-by-token|token by token|per token|per-token] "
            "[view|display|breakdown|analysis] [please|]",
            "[breakdown|decomposition] of [the|your] answer [into tokens|token by token]",
            "[Ctrl+T|ctrl t|control t] [tokens|token view|to see the tokens|shows the tokens]",
            "[/tokens|tokens command] [please|for the last turn|what does it show]",
            "what [can I do|do I see|is shown] in the [token view|token viewer|token screen]",
            "[explain|describe|tell me about] the [token view|token viewer|token screen|view "
            "of tokens]",
            "[probabilities|odds] are [missing|not shown|empty] in the [token view|token screen]",
            "[tokens|token view] of [an earlier|the previous|the turn before] [turn|answer]",
            "please to show [tokens of answer|each token with probability|tokens and "
            "probabilities]",
            "[nerd|expert|debug] view [with|of] the tokens",
        ),
        answers=(
            "**Ctrl+T** or `/tokens` shows the last turn token by token. Choose another token "
            "than the one sampled, and the answer goes on from there.",
        ),
    ),
)
