import type { TalkWords } from '../locale.ts';

export const talk: TalkWords = {
  thanks: `thanks, thank you, thanks so much, thank you so much, thanks a lot, thank you very much, thanks guys, thank you all,
    thanks everyone, thank u, thx, ty, tysm, tnx, cheers, much appreciated, appreciate it, appreciated, many thanks`,
  praise: `great, perfect, awesome, amazing, beautiful, wonderful, brilliant, excellent, fantastic, lovely, gorgeous,
    nice, cool, sweet, wow, superb, incredible, impressive, neat, good, so good, love it, love this, loving it,
    nailed it, well done, good job, great job, nice job, nice work, great work, good work, nice one, nailed, bravo,
    yay, woohoo, super, fire, top, stunning, congrats, congratulations, hooray, looks good, looks great, looks amazing`,
  laughter: '(?:ha|he|hi){2,20}h?|a?ha+h(?:a|h){1,20}|lo{1,9}l+|lmf?ao+|rofl|x+d+|hehe|heh|lulz?',
  answers: `ok, okay, okey, k, kk, yes, yeah, yep, yup, ya, no, nope, nah, sure, sure thing, fine, right, alright,
    all right, agreed, correct, exactly, of course, sounds good, go ahead, please do, got it, understood,
    makes sense, absolutely, definitely, will do, deal, not yet, no need, never mind, nevermind, nvm, all good,
    no problem, np, true, indeed, yes please, why not, that works, works for me, fair enough, oki, okie, roger, noted`,
  greetings:
    'hey, hi, hello, yo, hiya, good morning, morning, good evening, good afternoon, good night, bye, see you, sup, hey there, hi there, welcome back, psst, cc, fyi, ping, sorry, oops, btw',
  fillers: `so, very, really, much, a lot, lots, a bunch, a million, so much, very much, everyone, everybody, all, guys,
    team, folks, nemo, bot, man, dude, buddy, mate, please, pls, oh, ah, aww, aw, hmm, mm, mhm, then, and, to you, you all, you,
    for that, for this, for it, for the help, for your help, for the video, totally, pretty, quite, indeed, my friend`,
  about:
    'it, its, this, that, thats, is, was, are, looks, look, looking, sounds, the, one, job, work, video, result, i, already, turned out, came out, just, what a, a',
  polite: `please, pls, plz, kindly, can you, could you, would you, will you, can we, could we, can i, could i, lets, let us,
    i want you to, i need you to, id like you to, i would like you to, i want to, we want to, i need to, we need to,
    id like to, i would like to, wed like to, we would like to, you should, you can, you could, we should, now, then, also, and, but, so,
    just, maybe, next, first, second, finally, actually, instead, nemo, bot, again, well, hmm, btw, dont, do not, try to,
    would you mind, do you mind, go ahead and, for now, this time, one more thing, in that case, yes, no, ok`,
  orders: `make(?! sure| a reservation| it to (?:the|my|our))|add(?! (?:me|us|him|her|them)\\b)|remove(?! (?:me|us|him|her)\\b)|delete(?! (?:my|your) )|trim|shorten|lengthen|change(?! of )|replace|swap|insert|crop|zoom|fade|mute|lower|raise|increase|decrease|reduce|speed (?:it |this |that |everything )?up|slow (?:it |this |that |everything )?down|brighten|darken|rewrite|translate|caption|subtitle|animate|split|merge|combine|loop|reverse|render|export|create|generate|produce|redo|re do|recut|reshoot|re render|colou?r grade|cut (?:it|this|that|the|out|off|down|scene|a|\\d)|turn (?:it|this|that|these|the|up|down)|put (?:it|this|that|the|a|an|some|our|my)|use (?:it|this|that|these|the|a|an|our|my|another|less|more|some)|give (?:it|the video|the title|the intro)|keep (?:it|the (?:music|title|intro|text|video|scene|ending|captions|subtitles|voice|logo))`,
  topics:
    '(?:scenes?|shots?|timeline|tracks?|captions?|subtitles?|subs|titles?|headline|text|fonts?|music|bgm|song|soundtrack|audio|sound|voice|voiceover|narrator|narration|video|videos|clip|clips|footage|intro|outro|ending|opening|transition|transitions|cuts?|pace|pacing|logo|watermark|background|colou?rs?|contrast|brightness|saturation|resolution|aspect ratio|format|vertical|portrait|landscape|square|seconds?|secs?|frames?|frame|zoom|fade|overlay|effects?|filter|animation|thumbnail|script|hook|cta|volume|loop|export|render|mp4|shorter|longer|slower|faster|brighter|darker|louder|quieter|bigger|larger|smaller|bolder|snappier|punchier|too (?:long|short|fast|slow|loud|quiet|dark|bright|big|small))',
  asking:
    'what|whats|who|whos|whose|when|where|wheres|why|how|hows|which|is|isnt|are|arent|was|wasnt|were|do|does|doesnt|did|didnt|dont (?:you|we|they|i)|should|shouldnt|shall|have|havent|has|hasnt|am|any|anyone|anybody|can (?:anyone|somebody|someone|they|he|she)|could (?:anyone|somebody|someone|they|he|she)|will (?:they|he|she|we|it)|would (?:they|he|she|we|it)',
  people: `you|your|yours|youre|u|ur|guys|yall|folks|everyone|everybody|anyone|anybody|someone|somebody|he|hes|she|shes|him|her|hers|his|they|theyre|theyll|them|their|i think|i guess|i bet|imo|imho|i agree|i disagree|agree|i like|i love|i hate|i dont|i wonder|i hope|i feel|i know|i thought|i told|i saw|i heard|i said|i asked|ill|im|ive|id rather|i am|i was|i will|i have|i had|i can|i cant|i could|i should|i might|i did|we should|we could|we have|we had|weve|we are|were (?:late|good|done|ready|going)|we need|we can|we cant|we will|lets (?:talk|meet|ask|wait|discuss|go|see|not|chat|sync|grab|call|decide|vote|keep|leave)|let me|ask|tell|told|meeting|meetings|lunch|dinner|breakfast|coffee|beer|drinks|party|tomorrow|tonight|yesterday|this morning|this afternoon|last night|next week|last week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekend|holiday|holidays|vacation|office|invoice|deadline|budget|clients?|customers?|boss|manager|colleagues?|team|approval|approve|legal|brb|afk|omw|ttyl|lol|lmao|bro|dude|mate|look at|looking at|have a look|check with|check out|remember when|remind me|zoom call|on the call|call with|someone else|weather|traffic|train|sick|kids|wife|husband|mum|mom|dad`,
  pointers: `this, these, that, those, attached, attachment, attachments, enclosed, file, files, upload, uploads, uploaded, document, documents,
    doc, docs, pdf, photo, photos, picture, pictures, pic, pics, image, images, screenshot, screenshots, recording, voice message, above, below, here, them`,
  changing: `add, remove, delete, trim, cut, crop, shorten, lengthen, change, replace, swap, insert, put, keep, fix, improve, redo, again, end, beginning,
    middle, merge, combine, translate, shorter, longer, faster, slower, brighter, darker, louder, quieter, bigger, smaller, bit, little, more, less, much`,
  making: `recipe, report, article, blog, post, deck, slides, presentation, poem, essay, resume, paper, brochure, book, chapter, lyrics, email, transcript, a, an, the, my, our, your, some, of, from, with, in, on, into, to, as, for, by, out, up, at, it, its, is, be, and, or, but, not, no, only, all,
    both, each, every, one, two, three, i, we, me, us, you, do, does, can, please, use, using, used, turn, convert, transform, make, making, made, create, creating,
    generate, generating, produce, film, filming, shoot, record, edit, animate, do, go, start, begin, try, take, get, give, want, need, have, like, love, work, works,
    something, anything, thing, things, stuff, job, magic, based, according, following, follow, same, sent, send, sending, shared, share, posted,
    video, videos, vid, vids, movie, movies, clip, clips, reel, reels, short, shorts, story, stories, script, scripts, text, texts, notes, screenplay, slideshow, montage,
    animation, footage, ad, advert, commercial, promo, teaser, trailer, explainer, content, material, materials, version, tiktok, instagram, youtube, linkedin, facebook, insta,
    minute, minutes, min, mins, second, seconds, sec, secs, s, long, brief, quick, quickly, fast, slow, calm, fun, funny, nice, cool, cinematic, dramatic, epic, professional, modern, simple, clean, beautiful,
    emotional, upbeat, energetic, vertical, horizontal, landscape, portrait, square, hd, 4k, english, spanish, chinese, german, french, italian, portuguese, japanese, korean, language,
    style, styled, tone, mood, look, format, quality, good, great, best, better, new, now, today, asap, thanks, thank, hi, hello, hey, will, would, could, should, lets, let, so, just,
    music, soundtrack, voiceover, narration, captions, subtitles, background, half, full, whole, entire, everything, what, whatever, how, about it, about this, about that, about these`,
  nextSteps:
    "(?:suggested |possible )?next(?: steps?| up)?|what(?:'s|’s| is) next|you (?:can|could) (?:also|now) (?:try|ask for)",
  wantsAnswer:
    'let me know (?:which|whether|if you want me to)|please (?:confirm|choose|pick|select|specify|clarify)|which (?:one|style|option|version)|would you like (?:me )?to|do you want me to|shall i|should i|ready to (?:proceed|go)|waiting for your|your (?:choice|confirmation|decision)',
};
