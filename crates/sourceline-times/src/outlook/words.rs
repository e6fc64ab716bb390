//! Words that look ahead or back.

/// Words whose infinitive or term lies ahead of the one who says so, whatever their own tense.
pub(super) const DIRECTIVES: [&str; 48] = [
    "agree",
    "vow",
    "threaten",
    "promise",
    "pledge",
    "order",
    "urge",
    "demand",
    "ask",
    "call",
    "propose",
    "tell",
    "invite",
    "instruct",
    "command",
    "warn",
    "advise",
    "require",
    "oblige",
    "request",
    "decide",
    "choose",
    "offer",
    "undertake",
    "swear",
    "refuse",
    "commit",
    "recommend",
    "predict",
    "forecast",
    "target",
    "authorize",
    "authorise",
    "permit",
    "allow",
    "instruct",
    "remind",
    "encourage",
    "appeal",
    "vote",
    "opt",
    "resolve",
    "book",
    "give",
    "summon",
    "sentence",
    "enable",
    "announce",
];

/// Words for what one has in view: in the past tense nothing says whether it still is.
pub(super) const INTENTIONS: [&str; 28] = [
    "plan",
    "intend",
    "want",
    "expect",
    "hope",
    "aim",
    "prepare",
    "schedule",
    "set",
    "due",
    "slate",
    "suppose",
    "mean",
    "seek",
    "ready",
    "likely",
    "poise",
    "anticipate",
    "bill",
    "earmark",
    "project",
    "time",
    "pencil",
    "design",
    "destine",
    "wish",
    "certain",
    "sure",
];

/// Participles that put a day to what is to come: "planned for August".
pub(super) const SLATED: [&str; 13] = [
    "plan", "schedule", "set", "slate", "due", "bill", "earmark", "book", "pencil", "expect", "time", "propose", "fix",
];

/// Participles that put a day to what is to come where "for" follows.
pub(super) const CALLED: [&str; 5] = ["call", "convene", "announce", "agree", "list"];

/// Verbs whose new date lies ahead of them: "was postponed until 15 January".
pub(super) const MOVED: [&str; 17] = [
    "postpone",
    "delay",
    "adjourn",
    "defer",
    "extend",
    "move",
    "reschedule",
    "remand",
    "suspend",
    "renew",
    "push",
    "shift",
    "ban",
    "bar",
    "prolong",
    "reserve",
    "bring",
];

/// Nouns that name a day to come for whoever sets it.
pub(super) const TERMS: [&str; 4] = ["deadline", "ultimatum", "target", "date"];

/// Nouns for what is intended: their infinitives lie ahead.
pub(super) const INTENTS: [&str; 21] = [
    "plan",
    "decision",
    "pledge",
    "promise",
    "vow",
    "offer",
    "call",
    "order",
    "proposal",
    "threat",
    "deal",
    "agreement",
    "permission",
    "need",
    "chance",
    "intention",
    "aim",
    "goal",
    "invitation",
    "commitment",
    "demand",
];

/// Nouns for what nobody schedules.
pub(super) const MISHAPS: [&str; 35] = [
    "attack",
    "crash",
    "shooting",
    "blast",
    "explosion",
    "killing",
    "murder",
    "earthquake",
    "quake",
    "flood",
    "flooding",
    "fire",
    "collision",
    "death",
    "raid",
    "bombing",
    "accident",
    "coup",
    "disaster",
    "assault",
    "massacre",
    "ambush",
    "strike",
    "stabbing",
    "riot",
    "clash",
    "incident",
    "arrest",
    "sinking",
    "outage",
    "derailment",
    "landslide",
    "collapse",
    "defeat",
    "robbery",
];

/// Nouns for what has its day in the calendar.
pub(super) const APPOINTMENTS: [&str; 28] = [
    "vote",
    "election",
    "poll",
    "referendum",
    "summit",
    "meeting",
    "talk",
    "match",
    "game",
    "final",
    "hearing",
    "trial",
    "ceremony",
    "conference",
    "protest",
    "rally",
    "funeral",
    "visit",
    "debate",
    "session",
    "inauguration",
    "launch",
    "deadline",
    "ballot",
    "march",
    "runoff",
    "verdict",
    "parade",
];

/// Present-tense verbs that speak of what was, or of nothing in time.
pub(super) const EVIDENCE: [&str; 28] = [
    "say", "show", "suggest", "indicate", "reveal", "report", "write", "remember", "recall", "know", "believe",
    "think", "mark", "tell", "describe", "claim", "allege", "accuse", "note", "mean", "confirm", "find", "appear",
    "seem", "argue", "admit", "deny", "explain",
];

/// Verbs that take the time of an infinitive with them: "managed to escape on Tuesday".
pub(super) const IMPLICATIVES: [&str; 21] = [
    "manage", "fail", "begin", "start", "continue", "stop", "help", "force", "get", "come", "tend", "seem", "appear",
    "use", "happen", "prove", "able", "unable", "have", "try", "struggle",
];

/// Verbs that end a term.
pub(super) const ELAPSED: [&str; 6] = ["miss", "pass", "expire", "lapse", "meet", "ignore"];
