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
            --provenance|--folder|-C|--as|--today|--format|--output|-o|--ahead|--since|--for|--most|--ping|--example|--reason|--into|--from|--comment|--override|--channel|--on|--title|--prefix|--to|--instance|--id|--only|--points|--show|--because|--period|--margin|--drop|--fault|--confidence|--designs|--size|--alike|--fewer|--periods|--note|--again|--audience|--wording|--delivered-by|--purpose|--lawful-basis|--dpia|--uses|--version|--review-by|--means|--reference|--by|--within|--needs|--end|--words|--role|--decision|--limit|--next-role|--condition|--unit|--split-days|--name|--system|--column|--dates|--encoding|--quoting|--sheet|--agents|--of|--draw|--frame|--question|--team|--link|--transaction|--colleague|--started|--technique|--kind|--transaction-kind|--told-at|--ended|--position|--comfort|--shopper|--scenario|--notes|--criterion|--polarity|--impact|--offset|--observer|--state|--form|--correct|--items|--evaluators|--expert|--scorecard|--due|--seed|--partial|--agreed|--item|--answer|--reading|--weights|--late|--outcome|--every|--split|--until|--variant|--cut|--source|--method|--complete|--ready-on|--against|--kpi|--data|--status|--year|--expires|--value|--low|--high|--tolerance|--sample|--definition|--strengths|--developments|--need|--option|--owner|--starts|--review-on|--goal|--contacts|--handle|--shrinkage|--busy|--concurrency|--rostered|--answered|--abandoned|--hours|--minutes|--plan|--colleagues|--other|--amount|--effect|--cost|--present|--absent|--action|--concern|--received|--signers|--key|--last) value=$word; continue ;;
            -*) continue ;;
        esac
        case "$called $word" in
            ' init'|' demo'|' check'|' run'|' excuse'|' schema'|' scale'|' scale lint'|' scale list'|' scale show'|' scale trial'|' scale approve'|' scorecard'|' scorecard list'|' scorecard new'|' scorecard lint'|' scorecard show'|' scorecard diff'|' scorecard approve'|' scorecard retire'|' scorecard export'|' scorecard import'|' scorecard rules'|' technique'|' technique list'|' technique show'|' technique compare'|' technique results'|' technique justify'|' technique effect'|' frame'|' frame show'|' frame size'|' frame compare'|' frame agree'|' frame review'|' notice'|' notice add'|' notice list'|' notice ack'|' notice deliver'|' notice gaps'|' notice opt-outs'|' notice status'|' notice adjust'|' notice adjustments'|' procedure'|' procedure list'|' procedure show'|' procedure ack'|' procedure quiz'|' procedure matrix'|' authority'|' authority set'|' authority list'|' authority agree'|' authority ack'|' authority quiz'|' authority levels'|' authority replay'|' source'|' source add'|' source systems'|' source check'|' source transcript'|' sample'|' sample draw'|' sample list'|' sample show'|' sample verify'|' sample assign'|' sample replace'|' sample extend'|' sample confirm'|' sample choose'|' sample audit'|' spot'|' spot list'|' spot done'|' spot miss'|' record'|' record session'|' record note'|' record check'|' record diary'|' score'|' explain'|' calibrate'|' calibrate open'|' calibrate score'|' calibrate reveal'|' calibrate minute'|' calibrate close'|' calibrate list'|' calibrate report'|' dispute'|' dispute raise'|' dispute decide'|' dispute withdraw'|' dispute list'|' dispute show'|' dispute report'|' summarise'|' compare'|' kpi'|' kpi list'|' kpi show'|' kpi approve'|' kpi compute'|' kpi import'|' kpi chart'|' kpi drill'|' kpi gap'|' kpi question'|' kpi answer'|' kpi close'|' kpi questions'|' finding'|' finding look'|' finding settle'|' finding close'|' finding list'|' finding show'|' benchmark'|' benchmark add'|' benchmark list'|' benchmark match'|' target'|' target test'|' target propose'|' target agree'|' target history'|' feedback'|' feedback prepare'|' feedback deliver'|' feedback reply'|' feedback ack'|' feedback list'|' report'|' report feedback'|' report brief'|' report plans'|' report summary'|' report dashboard'|' plan'|' plan propose'|' plan book'|' plan done'|' plan review'|' plan cancel'|' plan list'|' resource'|' resource review'|' resource calc'|' resource workload'|' resource request'|' resource secure'|' resource list'|' brief'|' brief make'|' brief deliver'|' brief commit'|' brief answer'|' brief close'|' brief list'|' privacy'|' privacy access'|' privacy complaint'|' privacy due'|' privacy hold'|' privacy erase'|' ledger'|' ledger verify'|' ledger seal'|' ledger trace'|' ledger show'|' ledger redact'|' ledger retire'|' ledger repair'|' ledger adopt'|' ledger host'|' ledger host take'|' export') called="$called $word" ;;
        esac
    done
    case "$called $value" in
        ' init --provenance') COMPREPLY=($(compgen -W "live training example" -- "$current")); return ;;
        ' init --format'|' demo --format'|' check --format'|' run --format'|' excuse --format'|' schema --format'|' scale lint --format'|' scale list --format'|' scale show --format'|' scale trial --format'|' scale approve --format'|' scorecard list --format'|' scorecard new --format'|' scorecard lint --format'|' scorecard show --format'|' scorecard diff --format'|' scorecard approve --format'|' scorecard retire --format'|' scorecard export --format'|' scorecard import --format'|' scorecard rules --format'|' technique list --format'|' technique show --format'|' technique compare --format'|' technique results --format'|' technique justify --format'|' technique effect --format'|' frame show --format'|' frame size --format'|' frame compare --format'|' frame agree --format'|' frame review --format'|' notice add --format'|' notice list --format'|' notice ack --format'|' notice deliver --format'|' notice gaps --format'|' notice opt-outs --format'|' notice status --format'|' notice adjust --format'|' notice adjustments --format'|' procedure list --format'|' procedure show --format'|' procedure ack --format'|' procedure quiz --format'|' procedure matrix --format'|' authority set --format'|' authority list --format'|' authority agree --format'|' authority ack --format'|' authority quiz --format'|' authority levels --format'|' authority replay --format'|' source add --format'|' source systems --format'|' source check --format'|' source transcript --format'|' sample draw --format'|' sample list --format'|' sample show --format'|' sample verify --format'|' sample assign --format'|' sample replace --format'|' sample extend --format'|' sample confirm --format'|' sample choose --format'|' sample audit --format'|' spot list --format'|' spot done --format'|' spot miss --format'|' record session --format'|' record note --format'|' record check --format'|' record diary --format'|' score --format'|' explain --format'|' calibrate open --format'|' calibrate score --format'|' calibrate reveal --format'|' calibrate minute --format'|' calibrate close --format'|' calibrate list --format'|' calibrate report --format'|' dispute raise --format'|' dispute decide --format'|' dispute withdraw --format'|' dispute list --format'|' dispute show --format'|' dispute report --format'|' summarise --format'|' compare --format'|' kpi list --format'|' kpi show --format'|' kpi approve --format'|' kpi compute --format'|' kpi import --format'|' kpi chart --format'|' kpi drill --format'|' kpi gap --format'|' kpi question --format'|' kpi answer --format'|' kpi close --format'|' kpi questions --format'|' finding look --format'|' finding settle --format'|' finding close --format'|' finding list --format'|' finding show --format'|' benchmark add --format'|' benchmark list --format'|' benchmark match --format'|' target test --format'|' target propose --format'|' target agree --format'|' target history --format'|' feedback prepare --format'|' feedback deliver --format'|' feedback reply --format'|' feedback ack --format'|' feedback list --format'|' report feedback --format'|' report brief --format'|' report plans --format'|' report summary --format'|' report dashboard --format'|' plan propose --format'|' plan book --format'|' plan done --format'|' plan review --format'|' plan cancel --format'|' plan list --format'|' resource review --format'|' resource calc --format'|' resource workload --format'|' resource request --format'|' resource secure --format'|' resource list --format'|' brief make --format'|' brief deliver --format'|' brief commit --format'|' brief answer --format'|' brief close --format'|' brief list --format'|' privacy access --format'|' privacy complaint --format'|' privacy due --format'|' privacy hold --format'|' privacy erase --format'|' ledger verify --format'|' ledger seal --format'|' ledger trace --format'|' ledger show --format'|' ledger redact --format'|' ledger retire --format'|' ledger repair --format'|' ledger adopt --format'|' ledger host take --format'|' export --format') COMPREPLY=($(compgen -W "table csv json md" -- "$current")); return ;;
        ' run --example') COMPREPLY=($(compgen -W "cron systemd" -- "$current")); return ;;
        ' scorecard export --to') COMPREPLY=($(compgen -W "amazon-connect genesys" -- "$current")); return ;;
        ' scorecard import --from') COMPREPLY=($(compgen -W "amazon-connect genesys zendesk-qa" -- "$current")); return ;;
        ' notice add --audience') COMPREPLY=($(compgen -W "customers colleagues" -- "$current")); return ;;
        ' notice opt-outs --by') COMPREPLY=($(compgen -W "channel reason colleague" -- "$current")); return ;;
        ' source add --dates') COMPREPLY=($(compgen -W "d/m/y m/d/y sheet-days" -- "$current")); return ;;
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
        ' resource request --unit') COMPREPLY=($(compgen -W "people hours money units" -- "$current")); return ;;
        ' resource secure --outcome') COMPREPLY=($(compgen -W "secured partly refused" -- "$current")); return ;;
    esac
    case $value in
        --folder|-C|--output|-o|--into|--from|--agents|--notes|--against|--signers|--key) _qacli_files; return ;;
        ?*) return ;;
    esac
    if [[ $current == -* ]]; then
        case $called in
        '') COMPREPLY=($(compgen -W "--help -h --version -C --folder --as" -- "$current")) ;;
        ' init') COMPREPLY=($(compgen -W "--provenance --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' demo'|' check'|' scale lint'|' scale list'|' scorecard lint'|' scorecard diff'|' technique list'|' technique show'|' frame show'|' notice list'|' procedure list'|' source systems'|' source check'|' source transcript'|' sample verify'|' explain'|' calibrate list'|' dispute show'|' kpi list'|' finding show'|' benchmark list'|' target history'|' feedback list'|' report feedback'|' report brief'|' resource review'|' brief list'|' privacy due'|' ledger trace'|' ledger repair') COMPREPLY=($(compgen -W "--folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' run') COMPREPLY=($(compgen -W "--ahead --since --for --most --ping --example --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' excuse'|' spot miss'|' calibrate close'|' finding close'|' ledger redact'|' ledger retire') COMPREPLY=($(compgen -W "--reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' schema') COMPREPLY=($(compgen -W "--into --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scale'|' scorecard'|' technique'|' frame'|' notice'|' procedure'|' authority'|' source'|' sample'|' spot'|' record'|' calibrate'|' dispute'|' kpi'|' finding'|' benchmark'|' target'|' feedback'|' report'|' plan'|' resource'|' brief'|' privacy'|' ledger'|' ledger host') COMPREPLY=($(compgen -W "--help -h" -- "$current")) ;;
        ' scale show') COMPREPLY=($(compgen -W "--ratings --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' scale trial'|' procedure quiz') COMPREPLY=($(compgen -W "--from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
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
        ' technique effect'|' notice gaps'|' record check'|' report summary') COMPREPLY=($(compgen -W "--from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' frame size') COMPREPLY=($(compgen -W "--period --margin --drop --from --fault --confidence --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' frame compare') COMPREPLY=($(compgen -W "--period --designs --size --fault --alike --fewer --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' frame agree'|' authority agree'|' kpi approve') COMPREPLY=($(compgen -W "--comment --decline --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' frame review') COMPREPLY=($(compgen -W "--periods --note --again --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice add') COMPREPLY=($(compgen -W "--audience --channel --from --to --wording --delivered-by --purpose --lawful-basis --dpia --acknowledge --mystery-shop --uses --proof --version --review-by --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice ack') COMPREPLY=($(compgen -W "--on --means --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice deliver') COMPREPLY=($(compgen -W "--reference --on --means --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice opt-outs'|' dispute report') COMPREPLY=($(compgen -W "--by --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' notice status') COMPREPLY=($(compgen -W "--on --within --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' notice adjust') COMPREPLY=($(compgen -W "--needs --from --to --end --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice adjustments'|' plan list') COMPREPLY=($(compgen -W "--for --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
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
        ' sample confirm') COMPREPLY=($(compgen -W "--period --size --question --channel --team --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample choose') COMPREPLY=($(compgen -W "--reason --link --also --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample audit') COMPREPLY=($(compgen -W "--by --frame --period --draw --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' spot list') COMPREPLY=($(compgen -W "--all --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
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
        ' dispute withdraw'|' finding settle'|' feedback ack'|' brief make'|' ledger adopt'|' ledger host take') COMPREPLY=($(compgen -W "--folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
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
        ' kpi close'|' feedback reply'|' brief answer'|' brief close') COMPREPLY=($(compgen -W "--words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' kpi questions') COMPREPLY=($(compgen -W "--open --kpi --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' finding list') COMPREPLY=($(compgen -W "--status --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' benchmark add') COMPREPLY=($(compgen -W "--kpi --variant --kind --year --expires --value --low --high --tolerance --within --source --sample --definition --version --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' benchmark match') COMPREPLY=($(compgen -W "--of --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' target test') COMPREPLY=($(compgen -W "--variant --of --value --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' target propose') COMPREPLY=($(compgen -W "--variant --of --value --from --tolerance --because --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' target agree') COMPREPLY=($(compgen -W "--decline --comment --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback prepare') COMPREPLY=($(compgen -W "--for --on --strengths --developments --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback deliver') COMPREPLY=($(compgen -W "--on --means --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' report plans') COMPREPLY=($(compgen -W "--for --team --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' report dashboard') COMPREPLY=($(compgen -W "--from --to --channel --team --pseudonyms --purpose --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan propose') COMPREPLY=($(compgen -W "--for --need --criterion --option --owner --starts --due --review-on --goal --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan book'|' plan done') COMPREPLY=($(compgen -W "--on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan review'|' plan cancel') COMPREPLY=($(compgen -W "--words --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' resource calc') COMPREPLY=($(compgen -W "--contacts --handle --shrinkage --busy --concurrency --rostered --answered --abandoned --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' resource workload') COMPREPLY=($(compgen -W "--hours --minutes --frame --plan --colleagues --shrinkage --other --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' resource request') COMPREPLY=($(compgen -W "--amount --unit --of --effect --from --words --cost --for --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' resource secure') COMPREPLY=($(compgen -W "--outcome --amount --cost --from --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' resource list') COMPREPLY=($(compgen -W "--open --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' brief deliver') COMPREPLY=($(compgen -W "--present --absent --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' brief commit') COMPREPLY=($(compgen -W "--words --action --concern --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy access') COMPREPLY=($(compgen -W "--received --channel --stop-clock --start-clock --extend --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy complaint') COMPREPLY=($(compgen -W "--received --channel --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy hold') COMPREPLY=($(compgen -W "--reason --until --release --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy erase') COMPREPLY=($(compgen -W "--reason --received --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' ledger verify') COMPREPLY=($(compgen -W "--against --signers --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger seal') COMPREPLY=($(compgen -W "--key --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger show') COMPREPLY=($(compgen -W "--last --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' export') COMPREPLY=($(compgen -W "--from --to --names --purpose --machine --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        esac
        return
    fi
    case $called in
        '') COMPREPLY=($(compgen -W "init demo check run excuse schema scale scorecard technique frame notice procedure authority source sample spot record score explain calibrate dispute summarise compare kpi finding benchmark target feedback report plan resource brief privacy ledger export" -- "$current")) ;;
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
        ' feedback') COMPREPLY=($(compgen -W "prepare deliver reply ack list" -- "$current")) ;;
        ' report') COMPREPLY=($(compgen -W "feedback brief plans summary dashboard" -- "$current")) ;;
        ' plan') COMPREPLY=($(compgen -W "propose book done review cancel list" -- "$current")) ;;
        ' resource') COMPREPLY=($(compgen -W "review calc workload request secure list" -- "$current")) ;;
        ' brief') COMPREPLY=($(compgen -W "make deliver commit answer close list" -- "$current")) ;;
        ' privacy') COMPREPLY=($(compgen -W "access complaint due hold erase" -- "$current")) ;;
        ' ledger') COMPREPLY=($(compgen -W "verify seal trace show redact retire repair adopt host" -- "$current")) ;;
        ' ledger host') COMPREPLY=($(compgen -W "take" -- "$current")) ;;
        ' init'|' demo'|' scorecard import'|' authority replay'|' source add'|' kpi import'|' brief make') _qacli_files ;;
        ' summarise') COMPREPLY=($(compgen -W "colleague team channel reason criterion deviation fault rule evaluators desk trend coverage" -- "$current")) ;;
        ' report summary') COMPREPLY=($(compgen -W "colleague team channel reason criterion deviation desk" -- "$current")) ;;
    esac
}
complete -F _qacli qacli
