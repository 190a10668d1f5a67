# Written by docs/pages.py from the commands themselves; load it with:
#   eval "$(qacli --show-completion bash)"
_qacli_files() {
    local IFS=$'\n'
    COMPREPLY=($(compgen -f -- "$current"))
    compopt -o filenames 2>/dev/null
}
_qacli() {
    local current=${COMP_WORDS[COMP_CWORD]} called= value= word i
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ -n $value ]]; then value=; continue; fi
        case $word in
            --provenance|--folder|-C|--as|--today|--format|--output|-o|--ahead|--since|--for|--most|--ping|--example|--reason|--into|--from|--comment|--override|--channel|--on|--title|--prefix|--to|--instance|--id|--only|--points|--show|--because|--period|--margin|--drop|--fault|--confidence|--designs|--size|--alike|--fewer|--periods|--note|--again|--audience|--wording|--delivered-by|--purpose|--lawful-basis|--dpia|--uses|--version|--review-by|--means|--reference|--by|--within|--needs|--end|--words|--role|--decision|--limit|--next-role|--condition|--unit|--split-days|--name|--system|--column|--dates|--encoding|--quoting|--sheet|--agents|--of|--draw|--frame|--question|--team|--colleague|--link|--transaction|--started|--technique|--kind|--transaction-kind|--told-at|--ended|--position|--comfort|--shopper|--scenario|--notes|--criterion|--polarity|--impact|--offset|--observer|--state|--form|--correct|--items|--evaluators|--expert|--scorecard|--due|--seed|--partial|--agreed|--item|--answer|--reading|--weights|--late|--outcome|--every|--split|--until|--variant|--cut|--source|--method|--complete|--ready-on|--against|--kpi|--data|--status|--year|--expires|--value|--low|--high|--tolerance|--sample|--definition|--place|--strengths|--developments|--model|--agree|--template|--need|--option|--owner|--starts|--review-on|--goal|--target|--contacts|--handle|--shrinkage|--busy|--concurrency|--rostered|--answered|--abandoned|--hours|--minutes|--plan|--colleagues|--other|--amount|--effect|--cost|--present|--absent|--mistake|--action|--concern|--case|--lacked|--severity|--likelihood|--reach|--received|--skip|--what|--customer|--benefit|--risk|--choose|--why|--topic|--about|--branch|--evidence|--document|--after|--rests-on|--live-on|--window|--instrument|--withdraw|--sentiment|--complaint|--dismiss|--theme|--nothing|--told|--auditor|--test|--grade|--measure|--register|--says|--clause|--regulator|--nation|--checked-on|--look-every|--supersedes|--transition|--procedure|--notice|--trigger|--control|--found|--change|--answer-by|--ask|--briefing|--left|--cases|--words-file|--before|--claim|--covers|--role-note|--author|--sampled|--key|--cell|--signers|--last) value=$word; continue ;;
            -*) continue ;;
        esac
        case "$called $word" in
            ' init'|' demo'|' check'|' run'|' excuse'|' schema'|' scale'|' scale lint'|' scale list'|' scale show'|' scale trial'|' scale approve'|' scorecard'|' scorecard list'|' scorecard new'|' scorecard lint'|' scorecard show'|' scorecard diff'|' scorecard approve'|' scorecard retire'|' scorecard export'|' scorecard import'|' scorecard rules'|' technique'|' technique list'|' technique show'|' technique compare'|' technique results'|' technique justify'|' technique effect'|' frame'|' frame show'|' frame size'|' frame compare'|' frame agree'|' frame review'|' notice'|' notice add'|' notice list'|' notice ack'|' notice deliver'|' notice gaps'|' notice opt-outs'|' notice status'|' notice adjust'|' notice adjustments'|' procedure'|' procedure list'|' procedure show'|' procedure ack'|' procedure quiz'|' procedure matrix'|' authority'|' authority set'|' authority list'|' authority agree'|' authority ack'|' authority quiz'|' authority levels'|' authority replay'|' source'|' source add'|' source systems'|' source check'|' source transcript'|' sample'|' sample draw'|' sample list'|' sample show'|' sample verify'|' sample assign'|' sample replace'|' sample extend'|' sample confirm'|' sample choose'|' sample audit'|' spot'|' spot list'|' spot done'|' spot miss'|' record'|' record session'|' record note'|' record check'|' record diary'|' score'|' explain'|' calibrate'|' calibrate open'|' calibrate score'|' calibrate reveal'|' calibrate minute'|' calibrate close'|' calibrate list'|' calibrate report'|' dispute'|' dispute raise'|' dispute decide'|' dispute withdraw'|' dispute list'|' dispute show'|' dispute report'|' summarise'|' compare'|' kpi'|' kpi list'|' kpi show'|' kpi approve'|' kpi compute'|' kpi import'|' kpi chart'|' kpi drill'|' kpi gap'|' kpi question'|' kpi answer'|' kpi close'|' kpi questions'|' finding'|' finding look'|' finding settle'|' finding close'|' finding list'|' finding show'|' benchmark'|' benchmark add'|' benchmark list'|' benchmark match'|' target'|' target test'|' target propose'|' target agree'|' target history'|' feedback'|' feedback prepare'|' feedback invite'|' feedback withdraw'|' feedback selfassess'|' feedback items'|' feedback deliver'|' feedback reply'|' feedback decline'|' feedback ack'|' feedback list'|' feedback ratio'|' report'|' report feedback'|' report pack'|' report brief'|' report change'|' report case'|' report plans'|' report summary'|' report dashboard'|' report action'|' plan'|' plan propose'|' plan options'|' plan book'|' plan step'|' plan done'|' plan effect'|' plan close'|' plan cancel'|' plan list'|' plan add'|' plan check'|' plan progress'|' plan actions'|' resource'|' resource review'|' resource calc'|' resource workload'|' resource request'|' resource secure'|' resource list'|' resource effect'|' case'|' case draft'|' case check'|' case approve'|' case list'|' brief'|' brief make'|' brief deliver'|' brief commit'|' brief answer'|' brief progress'|' brief close'|' brief list'|' escalate'|' escalate triage'|' escalate open'|' escalate take'|' escalate acknowledge'|' escalate handover'|' escalate option'|' escalate close'|' escalate list'|' escalate show'|' escalate replay'|' escalate support'|' escalate supported'|' escalate agree'|' escalate ladder'|' escalate done'|' cause'|' cause open'|' cause why'|' cause cause'|' cause fix'|' cause verify'|' cause list'|' cause show'|' cause ask'|' voice'|' voice import'|' voice note'|' voice triage'|' voice theme'|' voice link'|' voice list'|' voice report'|' audit'|' audit plan'|' audit sheet'|' audit run'|' audit finding'|' audit correct'|' audit verify'|' audit close'|' audit list'|' audit report'|' audit health'|' audit propose'|' audit trial'|' audit adopt'|' audit improvements'|' require'|' require add'|' require list'|' require show'|' require review'|' require impact'|' require consult'|' require say'|' require reply'|' require implement'|' require live'|' require check'|' privacy'|' privacy access'|' privacy complaint'|' privacy due'|' privacy hold'|' privacy erase'|' portfolio'|' portfolio map'|' portfolio coverage'|' portfolio say'|' portfolio add'|' portfolio sign'|' portfolio pack'|' portfolio verify'|' ledger'|' ledger verify'|' ledger seal'|' ledger trace'|' ledger show'|' ledger redact'|' ledger retire'|' ledger repair'|' ledger adopt'|' ledger host'|' ledger host take'|' export') called="$called $word" ;;
        esac
    done
    case "$called $value" in
        ' init --provenance') COMPREPLY=($(compgen -W "live training example" -- "$current")); return ;;
        ' init --format'|' demo --format'|' check --format'|' run --format'|' excuse --format'|' schema --format'|' scale lint --format'|' scale list --format'|' scale show --format'|' scale trial --format'|' scale approve --format'|' scorecard list --format'|' scorecard new --format'|' scorecard lint --format'|' scorecard show --format'|' scorecard diff --format'|' scorecard approve --format'|' scorecard retire --format'|' scorecard export --format'|' scorecard import --format'|' scorecard rules --format'|' technique list --format'|' technique show --format'|' technique compare --format'|' technique results --format'|' technique justify --format'|' technique effect --format'|' frame show --format'|' frame size --format'|' frame compare --format'|' frame agree --format'|' frame review --format'|' notice add --format'|' notice list --format'|' notice ack --format'|' notice deliver --format'|' notice gaps --format'|' notice opt-outs --format'|' notice status --format'|' notice adjust --format'|' notice adjustments --format'|' procedure list --format'|' procedure show --format'|' procedure ack --format'|' procedure quiz --format'|' procedure matrix --format'|' authority set --format'|' authority list --format'|' authority agree --format'|' authority ack --format'|' authority quiz --format'|' authority levels --format'|' authority replay --format'|' source add --format'|' source systems --format'|' source check --format'|' source transcript --format'|' sample draw --format'|' sample list --format'|' sample show --format'|' sample verify --format'|' sample assign --format'|' sample replace --format'|' sample extend --format'|' sample confirm --format'|' sample choose --format'|' sample audit --format'|' spot list --format'|' spot done --format'|' spot miss --format'|' record session --format'|' record note --format'|' record check --format'|' record diary --format'|' score --format'|' explain --format'|' calibrate open --format'|' calibrate score --format'|' calibrate reveal --format'|' calibrate minute --format'|' calibrate close --format'|' calibrate list --format'|' calibrate report --format'|' dispute raise --format'|' dispute decide --format'|' dispute withdraw --format'|' dispute list --format'|' dispute show --format'|' dispute report --format'|' summarise --format'|' compare --format'|' kpi list --format'|' kpi show --format'|' kpi approve --format'|' kpi compute --format'|' kpi import --format'|' kpi chart --format'|' kpi drill --format'|' kpi gap --format'|' kpi question --format'|' kpi answer --format'|' kpi close --format'|' kpi questions --format'|' finding look --format'|' finding settle --format'|' finding close --format'|' finding list --format'|' finding show --format'|' benchmark add --format'|' benchmark list --format'|' benchmark match --format'|' target test --format'|' target propose --format'|' target agree --format'|' target history --format'|' feedback prepare --format'|' feedback invite --format'|' feedback withdraw --format'|' feedback selfassess --format'|' feedback items --format'|' feedback deliver --format'|' feedback reply --format'|' feedback decline --format'|' feedback ack --format'|' feedback list --format'|' feedback ratio --format'|' report feedback --format'|' report pack --format'|' report brief --format'|' report change --format'|' report case --format'|' report plans --format'|' report summary --format'|' report dashboard --format'|' report action --format'|' plan propose --format'|' plan options --format'|' plan book --format'|' plan step --format'|' plan done --format'|' plan effect --format'|' plan close --format'|' plan cancel --format'|' plan list --format'|' plan add --format'|' plan check --format'|' plan progress --format'|' plan actions --format'|' resource review --format'|' resource calc --format'|' resource workload --format'|' resource request --format'|' resource secure --format'|' resource list --format'|' resource effect --format'|' case draft --format'|' case check --format'|' case approve --format'|' case list --format'|' brief make --format'|' brief deliver --format'|' brief commit --format'|' brief answer --format'|' brief progress --format'|' brief close --format'|' brief list --format'|' escalate triage --format'|' escalate open --format'|' escalate take --format'|' escalate acknowledge --format'|' escalate handover --format'|' escalate option --format'|' escalate close --format'|' escalate list --format'|' escalate show --format'|' escalate replay --format'|' escalate support --format'|' escalate supported --format'|' escalate agree --format'|' escalate ladder --format'|' escalate done --format'|' cause open --format'|' cause why --format'|' cause cause --format'|' cause fix --format'|' cause verify --format'|' cause list --format'|' cause show --format'|' cause ask --format'|' voice import --format'|' voice note --format'|' voice triage --format'|' voice theme --format'|' voice link --format'|' voice list --format'|' voice report --format'|' audit plan --format'|' audit sheet --format'|' audit run --format'|' audit finding --format'|' audit correct --format'|' audit verify --format'|' audit close --format'|' audit list --format'|' audit report --format'|' audit health --format'|' audit propose --format'|' audit trial --format'|' audit adopt --format'|' audit improvements --format'|' require add --format'|' require list --format'|' require show --format'|' require review --format'|' require impact --format'|' require consult --format'|' require say --format'|' require reply --format'|' require implement --format'|' require live --format'|' require check --format'|' privacy access --format'|' privacy complaint --format'|' privacy due --format'|' privacy hold --format'|' privacy erase --format'|' portfolio map --format'|' portfolio coverage --format'|' portfolio say --format'|' portfolio add --format'|' portfolio sign --format'|' portfolio pack --format'|' portfolio verify --format'|' ledger verify --format'|' ledger seal --format'|' ledger trace --format'|' ledger show --format'|' ledger redact --format'|' ledger retire --format'|' ledger repair --format'|' ledger adopt --format'|' ledger host take --format'|' export --format') COMPREPLY=($(compgen -W "table csv json md" -- "$current")); return ;;
        ' run --example') COMPREPLY=($(compgen -W "cron systemd" -- "$current")); return ;;
        ' scorecard export --to') COMPREPLY=($(compgen -W "amazon-connect genesys" -- "$current")); return ;;
        ' scorecard import --from') COMPREPLY=($(compgen -W "amazon-connect genesys zendesk-qa" -- "$current")); return ;;
        ' notice add --audience') COMPREPLY=($(compgen -W "customers colleagues" -- "$current")); return ;;
        ' notice opt-outs --by') COMPREPLY=($(compgen -W "channel reason colleague" -- "$current")); return ;;
        ' source add --encoding') COMPREPLY=($(compgen -W "cp1252 latin-1 utf-16-le utf-16-be" -- "$current")); return ;;
        ' source add --quoting') COMPREPLY=($(compgen -W "doubled backslash none" -- "$current")); return ;;
        ' sample list --purpose') COMPREPLY=($(compgen -W "routine spot targeted kpi-link calibration" -- "$current")); return ;;
        ' sample audit --by') COMPREPLY=($(compgen -W "evaluator colleague" -- "$current")); return ;;
        ' record session --kind') COMPREPLY=($(compgen -W "routine spot" -- "$current")); return ;;
        ' record session --transaction-kind') COMPREPLY=($(compgen -W "routine non-routine" -- "$current")); return ;;
        ' record session --position') COMPREPLY=($(compgen -W "beside in-the-room remote as-customer afterwards" -- "$current")); return ;;
        ' record diary --by') COMPREPLY=($(compgen -W "kind transaction-kind channel colleague observer technique week" -- "$current")); return ;;
        ' record diary --state') COMPREPLY=($(compgen -W "done done late watched due late missed replaced" -- "$current")); return ;;
        ' score --form') COMPREPLY=($(compgen -W "html xlsx" -- "$current")); return ;;
        ' calibrate report --by') COMPREPLY=($(compgen -W "criterion evaluator severity session difference minute" -- "$current")); return ;;
        ' calibrate report --weights') COMPREPLY=($(compgen -W "linear ordinal quadratic" -- "$current")); return ;;
        ' dispute decide --outcome') COMPREPLY=($(compgen -W "upheld partly rejected" -- "$current")); return ;;
        ' dispute report --by') COMPREPLY=($(compgen -W "evaluator criterion" -- "$current")); return ;;
        ' summarise --purpose') COMPREPLY=($(compgen -W "routine spot all" -- "$current")); return ;;
        ' summarise --of') COMPREPLY=($(compgen -W "desk team channel colleague criterion" -- "$current")); return ;;
        ' summarise --every') COMPREPLY=($(compgen -W "week month quarter" -- "$current")); return ;;
        ' compare --by') COMPREPLY=($(compgen -W "transaction colleague team period" -- "$current")); return ;;
        ' compare --purpose') COMPREPLY=($(compgen -W "kpi-link routine spot" -- "$current")); return ;;
        ' kpi chart --by') COMPREPLY=($(compgen -W "day week month" -- "$current")); return ;;
        ' finding list --status') COMPREPLY=($(compgen -W "open watch confirmed dismissed closed all" -- "$current")); return ;;
        ' benchmark add --kind') COMPREPLY=($(compgen -W "standard target tolerance indicative" -- "$current")); return ;;
        ' feedback reply --agree') COMPREPLY=($(compgen -W "yes partly no" -- "$current")); return ;;
        ' plan close --outcome') COMPREPLY=($(compgen -W "improved worse cannot tell reached missed dropped" -- "$current")); return ;;
        ' resource request --unit') COMPREPLY=($(compgen -W "people hours money units" -- "$current")); return ;;
        ' resource secure --outcome') COMPREPLY=($(compgen -W "secured partly refused withdrawn" -- "$current")); return ;;
        ' brief progress --state') COMPREPLY=($(compgen -W "done under-way not-done" -- "$current")); return ;;
        ' escalate open --reach') COMPREPLY=($(compgen -W "one several many public" -- "$current")); return ;;
        ' escalate close --technique') COMPREPLY=($(compgen -W "listening apology call-back meeting expert written-answer mediation third-party safe-guard" -- "$current")); return ;;
        ' escalate close --outcome') COMPREPLY=($(compgen -W "settled partly not-upheld passed-on" -- "$current")); return ;;
        ' escalate support --kind') COMPREPLY=($(compgen -W "session question reminder" -- "$current")); return ;;
        ' cause why --confidence') COMPREPLY=($(compgen -W "possible likely shown" -- "$current")); return ;;
        ' cause fix --kind') COMPREPLY=($(compgen -W "remove prevent detect" -- "$current")); return ;;
        ' voice note --kind') COMPREPLY=($(compgen -W "survey unsolicited overheard social praise" -- "$current")); return ;;
        ' voice note --sentiment') COMPREPLY=($(compgen -W "positive negative mixed unsaid" -- "$current")); return ;;
        ' audit finding --grade') COMPREPLY=($(compgen -W "major minor observation" -- "$current")); return ;;
        ' audit propose --measure') COMPREPLY=($(compgen -W "coverage completion scoring-delay feedback-delay agreement overturn opt-outs exceptions" -- "$current")); return ;;
        ' require add --kind') COMPREPLY=($(compgen -W "law regulator code standard policy strategy offer" -- "$current")); return ;;
        ' require review --found') COMPREPLY=($(compgen -W "nothing change" -- "$current")); return ;;
    esac
    case $value in
        --folder|-C|--output|-o|--into|--from|--agents|--notes|--items|--template|--cases|--words-file|--key|--signers|--against) _qacli_files; return ;;
        ?*) return ;;
    esac
    if [[ $current == -* ]]; then
        case $called in
        '') COMPREPLY=($(compgen -W "--help -h --version -C --folder --as" -- "$current")) ;;
        ' init') COMPREPLY=($(compgen -W "--provenance --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' demo'|' check'|' scale lint'|' scale list'|' scorecard lint'|' scorecard diff'|' technique list'|' technique show'|' frame show'|' notice list'|' procedure list'|' source systems'|' source check'|' source transcript'|' sample verify'|' explain'|' calibrate list'|' dispute show'|' kpi list'|' finding show'|' benchmark list'|' target history'|' feedback list'|' report change'|' plan check'|' plan actions'|' resource review'|' resource effect'|' case check'|' case list'|' brief list'|' escalate triage'|' escalate show'|' escalate supported'|' cause show'|' cause ask'|' audit sheet'|' audit report'|' audit improvements'|' require show'|' require impact'|' privacy due'|' ledger trace'|' ledger repair') COMPREPLY=($(compgen -W "--folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' run') COMPREPLY=($(compgen -W "--ahead --since --for --most --ping --example --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' excuse'|' spot miss'|' calibrate close'|' finding close'|' feedback withdraw'|' ledger redact'|' ledger retire') COMPREPLY=($(compgen -W "--reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' schema') COMPREPLY=($(compgen -W "--into --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scale'|' scorecard'|' technique'|' frame'|' notice'|' procedure'|' authority'|' source'|' sample'|' spot'|' record'|' calibrate'|' dispute'|' kpi'|' finding'|' benchmark'|' target'|' feedback'|' report'|' plan'|' resource'|' case'|' brief'|' escalate'|' cause'|' voice'|' audit'|' require'|' privacy'|' portfolio'|' ledger'|' ledger host') COMPREPLY=($(compgen -W "--help -h" -- "$current")) ;;
        ' scale show') COMPREPLY=($(compgen -W "--ratings --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scale trial'|' procedure quiz'|' audit run') COMPREPLY=($(compgen -W "--from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' scale approve') COMPREPLY=($(compgen -W "--comment --decline --override --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' scorecard list') COMPREPLY=($(compgen -W "--channel --on --criteria --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scorecard new') COMPREPLY=($(compgen -W "--from --channel --title --prefix --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scorecard show') COMPREPLY=($(compgen -W "--coverage --history --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scorecard approve') COMPREPLY=($(compgen -W "--comment --decline --with-scales --override --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' scorecard retire') COMPREPLY=($(compgen -W "--reason --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' scorecard export') COMPREPLY=($(compgen -W "--to --instance --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scorecard import') COMPREPLY=($(compgen -W "--from --id --channel --only --points --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scorecard rules') COMPREPLY=($(compgen -W "--show --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' technique compare') COMPREPLY=($(compgen -W "--channel --grid --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' technique results') COMPREPLY=($(compgen -W "--from --to --channel --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' technique justify') COMPREPLY=($(compgen -W "--because --channel --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' technique effect'|' notice gaps'|' record check'|' feedback ratio'|' voice report'|' audit health') COMPREPLY=($(compgen -W "--from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' frame size') COMPREPLY=($(compgen -W "--period --margin --drop --from --fault --confidence --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' frame compare') COMPREPLY=($(compgen -W "--period --designs --size --fault --alike --fewer --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' frame agree'|' authority agree'|' kpi approve'|' case approve'|' escalate agree') COMPREPLY=($(compgen -W "--comment --decline --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' frame review') COMPREPLY=($(compgen -W "--periods --note --again --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice add') COMPREPLY=($(compgen -W "--audience --channel --from --to --wording --delivered-by --purpose --lawful-basis --dpia --acknowledge --mystery-shop --uses --proof --version --review-by --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice ack') COMPREPLY=($(compgen -W "--on --means --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice deliver') COMPREPLY=($(compgen -W "--reference --on --means --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice opt-outs'|' dispute report') COMPREPLY=($(compgen -W "--by --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' notice status') COMPREPLY=($(compgen -W "--on --within --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' notice adjust') COMPREPLY=($(compgen -W "--needs --from --to --end --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice adjustments'|' plan list'|' portfolio pack') COMPREPLY=($(compgen -W "--for --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' procedure show') COMPREPLY=($(compgen -W "--on --questions --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' procedure ack') COMPREPLY=($(compgen -W "--all --on --means --words --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' procedure matrix'|' authority levels') COMPREPLY=($(compgen -W "--strict --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' authority set') COMPREPLY=($(compgen -W "--role --decision --limit --next-role --condition --unit --split-days --from --to --version --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' authority list') COMPREPLY=($(compgen -W "--on --for --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' authority ack') COMPREPLY=($(compgen -W "--on --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' authority quiz') COMPREPLY=($(compgen -W "--questions --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' authority replay') COMPREPLY=($(compgen -W "--record --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' source add') COMPREPLY=($(compgen -W "--name --system --column --dates --encoding --quoting --sheet --agents --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' sample draw'|' finding look') COMPREPLY=($(compgen -W "--period --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample list') COMPREPLY=($(compgen -W "--for --of --draw --frame --period --from --to --purpose --open --scored --replaced --draws --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' sample show') COMPREPLY=($(compgen -W "--balance --lost --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' sample assign') COMPREPLY=($(compgen -W "--to --from --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample replace') COMPREPLY=($(compgen -W "--reason --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample extend') COMPREPLY=($(compgen -W "--to --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample confirm') COMPREPLY=($(compgen -W "--period --size --question --channel --team --reason --colleague --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample choose') COMPREPLY=($(compgen -W "--reason --link --also --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample audit') COMPREPLY=($(compgen -W "--by --frame --period --draw --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' spot list'|' escalate replay'|' cause list') COMPREPLY=($(compgen -W "--all --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' spot done') COMPREPLY=($(compgen -W "--transaction --channel --colleague --started --team --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' record session') COMPREPLY=($(compgen -W "--technique --kind --transaction-kind --told-at --started --ended --position --partly --intervened --comfort --shopper --scenario --notes --personal-call --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' record note') COMPREPLY=($(compgen -W "--criterion --polarity --impact --offset --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' record diary') COMPREPLY=($(compgen -W "--from --to --by --colleague --channel --observer --state --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' score') COMPREPLY=($(compgen -W "--from --form --correct --personal-call --tui --total --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' calibrate open') COMPREPLY=($(compgen -W "--items --evaluators --expert --scorecard --since --due --seed --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' calibrate score') COMPREPLY=($(compgen -W "--from --seal --unsealed --tui --total --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' calibrate reveal') COMPREPLY=($(compgen -W "--partial --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' calibrate minute') COMPREPLY=($(compgen -W "--agreed --item --criterion --answer --reading --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' calibrate report') COMPREPLY=($(compgen -W "--by --from --to --weights --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' dispute raise') COMPREPLY=($(compgen -W "--criterion --words --late --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' dispute decide') COMPREPLY=($(compgen -W "--outcome --words --answer --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' dispute withdraw'|' finding settle'|' feedback ack'|' case draft'|' brief make'|' cause verify'|' require live'|' ledger adopt'|' ledger host take') COMPREPLY=($(compgen -W "--folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' dispute list') COMPREPLY=($(compgen -W "--for --open --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' summarise') COMPREPLY=($(compgen -W "--from --to --purpose --channel --team --colleague --of --every --split --since --until --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' compare') COMPREPLY=($(compgen -W "--variant --by --since --from --to --purpose --channel --team --colleague --all --margin --record --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi show') COMPREPLY=($(compgen -W "--variant --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' kpi compute') COMPREPLY=($(compgen -W "--period --by --until --cut --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi import') COMPREPLY=($(compgen -W "--source --method --complete --ready-on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi chart') COMPREPLY=($(compgen -W "--variant --of --by --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' kpi drill') COMPREPLY=($(compgen -W "--variant --period --against --by --of --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' kpi gap') COMPREPLY=($(compgen -W "--of --against --variant --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' kpi question') COMPREPLY=($(compgen -W "--kpi --from --for --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi answer') COMPREPLY=($(compgen -W "--data --words --close --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi close'|' feedback decline'|' plan progress'|' brief answer'|' escalate done'|' audit close') COMPREPLY=($(compgen -W "--words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi questions') COMPREPLY=($(compgen -W "--open --kpi --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' finding list') COMPREPLY=($(compgen -W "--status --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' benchmark add') COMPREPLY=($(compgen -W "--kpi --variant --kind --year --expires --value --low --high --tolerance --within --source --sample --definition --version --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' benchmark match') COMPREPLY=($(compgen -W "--of --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' target test') COMPREPLY=($(compgen -W "--variant --of --value --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' target propose') COMPREPLY=($(compgen -W "--variant --of --value --from --tolerance --because --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' target agree') COMPREPLY=($(compgen -W "--decline --comment --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback prepare') COMPREPLY=($(compgen -W "--for --on --place --strengths --developments --development-first --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback invite') COMPREPLY=($(compgen -W "--on --place --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback selfassess') COMPREPLY=($(compgen -W "--from --blank --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback items') COMPREPLY=($(compgen -W "--model --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' feedback deliver') COMPREPLY=($(compgen -W "--on --means --items --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback reply') COMPREPLY=($(compgen -W "--words --agree --item --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' report feedback') COMPREPLY=($(compgen -W "--html --template --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' report pack'|' report brief'|' report case'|' report action') COMPREPLY=($(compgen -W "--html --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' report plans') COMPREPLY=($(compgen -W "--for --team --html --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' report summary') COMPREPLY=($(compgen -W "--from --to --html --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' report dashboard') COMPREPLY=($(compgen -W "--from --to --channel --team --pseudonyms --purpose --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan propose') COMPREPLY=($(compgen -W "--for --need --criterion --option --owner --starts --due --review-on --goal --target --model --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan options') COMPREPLY=($(compgen -W "--criterion --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' plan book'|' plan done') COMPREPLY=($(compgen -W "--on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan step'|' plan cancel'|' escalate take'|' escalate acknowledge') COMPREPLY=($(compgen -W "--words --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan effect') COMPREPLY=($(compgen -W "--to --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan close') COMPREPLY=($(compgen -W "--words --outcome --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan add') COMPREPLY=($(compgen -W "--override --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' resource calc') COMPREPLY=($(compgen -W "--contacts --handle --shrinkage --busy --concurrency --rostered --answered --abandoned --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' resource workload') COMPREPLY=($(compgen -W "--hours --minutes --frame --plan --colleagues --shrinkage --other --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' resource request') COMPREPLY=($(compgen -W "--amount --unit --of --effect --from --words --cost --for --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' resource secure') COMPREPLY=($(compgen -W "--outcome --amount --cost --from --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' resource list') COMPREPLY=($(compgen -W "--open --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' brief deliver') COMPREPLY=($(compgen -W "--present --absent --on --mistake --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' brief commit') COMPREPLY=($(compgen -W "--words --action --concern --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' brief progress') COMPREPLY=($(compgen -W "--words --state --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' brief close') COMPREPLY=($(compgen -W "--words --withdrawn --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' escalate open') COMPREPLY=($(compgen -W "--by --words --case --transaction --decision --amount --lacked --severity --likelihood --reach --received --to --skip --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' escalate handover') COMPREPLY=($(compgen -W "--to --words --skip --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' escalate option') COMPREPLY=($(compgen -W "--what --customer --benefit --risk --decision --amount --of --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' escalate close') COMPREPLY=($(compgen -W "--choose --why --technique --outcome --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' escalate list') COMPREPLY=($(compgen -W "--all --for --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' escalate support') COMPREPLY=($(compgen -W "--topic --kind --about --question --answer --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' escalate ladder') COMPREPLY=($(compgen -W "--record --counts --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' cause open') COMPREPLY=($(compgen -W "--words --owner --channel --because --from --to --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' cause why') COMPREPLY=($(compgen -W "--words --branch --evidence --document --confidence --after --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' cause cause') COMPREPLY=($(compgen -W "--words --branch --rests-on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' cause fix') COMPREPLY=($(compgen -W "--words --kind --owner --customer --benefit --risk --live-on --window --end --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' voice import') COMPREPLY=($(compgen -W "--instrument --withdraw --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' voice note') COMPREPLY=($(compgen -W "--kind --words --channel --transaction --sentiment --on --late --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' voice triage') COMPREPLY=($(compgen -W "--complaint --case --dismiss --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' voice theme') COMPREPLY=($(compgen -W "--theme --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' voice link') COMPREPLY=($(compgen -W "--to --words --nothing --told --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' voice list') COMPREPLY=($(compgen -W "--triage --to-code --open --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' audit plan') COMPREPLY=($(compgen -W "--auditor --period --size --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' audit finding') COMPREPLY=($(compgen -W "--test --owner --due --words --grade --evidence --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' audit correct') COMPREPLY=($(compgen -W "--words --evidence --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' audit verify') COMPREPLY=($(compgen -W "--words --evidence --reject --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' audit list') COMPREPLY=($(compgen -W "--findings --open --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' audit propose') COMPREPLY=($(compgen -W "--words --of --measure --evidence --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' audit trial') COMPREPLY=($(compgen -W "--from --to --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' audit adopt') COMPREPLY=($(compgen -W "--words --decline --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require add') COMPREPLY=($(compgen -W "--register --title --says --kind --source --clause --regulator --nation --from --to --role --checked-on --look-every --supersedes --transition --procedure --notice --scorecard --criterion --trigger --control --test --version --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require list') COMPREPLY=($(compgen -W "--on --all --for --changes --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' require review') COMPREPLY=($(compgen -W "--note --found --on --again --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require consult') COMPREPLY=($(compgen -W "--change --answer-by --ask --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require say') COMPREPLY=($(compgen -W "--words --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require reply') COMPREPLY=($(compgen -W "--words --altered --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require implement') COMPREPLY=($(compgen -W "--live-on --procedure --notice --scorecard --briefing --left --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' require check') COMPREPLY=($(compgen -W "--period --cases --received --record --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy access') COMPREPLY=($(compgen -W "--received --channel --stop-clock --start-clock --extend --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy complaint') COMPREPLY=($(compgen -W "--received --channel --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy hold') COMPREPLY=($(compgen -W "--reason --until --release --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy erase') COMPREPLY=($(compgen -W "--reason --received --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' portfolio map') COMPREPLY=($(compgen -W "--unit --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' portfolio coverage') COMPREPLY=($(compgen -W "--unit --state --for --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' portfolio say') COMPREPLY=($(compgen -W "--words-file --words --before --after --claim --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' portfolio add') COMPREPLY=($(compgen -W "--covers --role-note --method --author --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' portfolio sign') COMPREPLY=($(compgen -W "--role --for --comment --sampled --key --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' portfolio verify') COMPREPLY=($(compgen -W "--cell --signers --against --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger verify') COMPREPLY=($(compgen -W "--against --signers --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger seal') COMPREPLY=($(compgen -W "--key --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger show') COMPREPLY=($(compgen -W "--last --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' export') COMPREPLY=($(compgen -W "--from --to --names --purpose --machine --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        esac
        return
    fi
    case $called in
        '') COMPREPLY=($(compgen -W "init demo check run excuse schema scale scorecard technique frame notice procedure authority source sample spot record score explain calibrate dispute summarise compare kpi finding benchmark target feedback report plan resource case brief escalate cause voice audit require privacy portfolio ledger export" -- "$current")) ;;
        ' scale') COMPREPLY=($(compgen -W "lint list show trial approve" -- "$current")) ;;
        ' scorecard') COMPREPLY=($(compgen -W "list new lint show diff approve retire export import rules" -- "$current")) ;;
        ' technique') COMPREPLY=($(compgen -W "list show compare results justify effect" -- "$current")) ;;
        ' frame') COMPREPLY=($(compgen -W "show size compare agree review" -- "$current")) ;;
        ' notice') COMPREPLY=($(compgen -W "add list ack deliver gaps opt-outs status adjust adjustments" -- "$current")) ;;
        ' procedure') COMPREPLY=($(compgen -W "list show ack quiz matrix" -- "$current")) ;;
        ' authority') COMPREPLY=($(compgen -W "set list agree ack quiz levels replay" -- "$current")) ;;
        ' source') COMPREPLY=($(compgen -W "add systems check transcript" -- "$current")) ;;
        ' sample') COMPREPLY=($(compgen -W "draw list show verify assign replace extend confirm choose audit" -- "$current")) ;;
        ' spot') COMPREPLY=($(compgen -W "list done miss" -- "$current")) ;;
        ' record') COMPREPLY=($(compgen -W "session note check diary" -- "$current")) ;;
        ' calibrate') COMPREPLY=($(compgen -W "open score reveal minute close list report" -- "$current")) ;;
        ' dispute') COMPREPLY=($(compgen -W "raise decide withdraw list show report" -- "$current")) ;;
        ' kpi') COMPREPLY=($(compgen -W "list show approve compute import chart drill gap question answer close questions" -- "$current")) ;;
        ' finding') COMPREPLY=($(compgen -W "look settle close list show" -- "$current")) ;;
        ' benchmark') COMPREPLY=($(compgen -W "add list match" -- "$current")) ;;
        ' target') COMPREPLY=($(compgen -W "test propose agree history" -- "$current")) ;;
        ' feedback') COMPREPLY=($(compgen -W "prepare invite withdraw selfassess items deliver reply decline ack list ratio" -- "$current")) ;;
        ' report') COMPREPLY=($(compgen -W "feedback pack brief change case plans summary dashboard action" -- "$current")) ;;
        ' plan') COMPREPLY=($(compgen -W "propose options book step done effect close cancel list add check progress actions" -- "$current")) ;;
        ' resource') COMPREPLY=($(compgen -W "review calc workload request secure list effect" -- "$current")) ;;
        ' case') COMPREPLY=($(compgen -W "draft check approve list" -- "$current")) ;;
        ' brief') COMPREPLY=($(compgen -W "make deliver commit answer progress close list" -- "$current")) ;;
        ' escalate') COMPREPLY=($(compgen -W "triage open take acknowledge handover option close list show replay support supported agree ladder done" -- "$current")) ;;
        ' cause') COMPREPLY=($(compgen -W "open why cause fix verify list show ask" -- "$current")) ;;
        ' voice') COMPREPLY=($(compgen -W "import note triage theme link list report" -- "$current")) ;;
        ' audit') COMPREPLY=($(compgen -W "plan sheet run finding correct verify close list report health propose trial adopt improvements" -- "$current")) ;;
        ' require') COMPREPLY=($(compgen -W "add list show review impact consult say reply implement live check" -- "$current")) ;;
        ' privacy') COMPREPLY=($(compgen -W "access complaint due hold erase" -- "$current")) ;;
        ' portfolio') COMPREPLY=($(compgen -W "map coverage say add sign pack verify" -- "$current")) ;;
        ' ledger') COMPREPLY=($(compgen -W "verify seal trace show redact retire repair adopt host" -- "$current")) ;;
        ' ledger host') COMPREPLY=($(compgen -W "take" -- "$current")) ;;
        ' init'|' demo'|' scorecard import'|' authority replay'|' source add'|' kpi import'|' plan add'|' brief make'|' escalate replay'|' voice import'|' portfolio verify') _qacli_files ;;
        ' summarise') COMPREPLY=($(compgen -W "colleague team channel reason criterion deviation fault rule evaluators desk trend coverage" -- "$current")) ;;
        ' report summary') COMPREPLY=($(compgen -W "colleague team channel reason criterion deviation desk" -- "$current")) ;;
    esac
}
complete -F _qacli qacli
