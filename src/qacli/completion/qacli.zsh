#compdef qacli
# Written by docs/pages.py from the commands themselves; load it with:
#   eval "$(qacli --show-completion zsh)"   (after compinit)
_qacli() {
    local current=${words[CURRENT]} called= value= word
    for word in ${words[2,CURRENT-1]}; do
        if [[ -n $value ]]; then value=; continue; fi
        case $word in
            (--provenance|--folder|-C|--as|--today|--format|--output|-o|--ahead|--since|--for|--most|--ping|--example|--reason|--into|--from|--comment|--override|--channel|--on|--title|--prefix|--to|--instance|--id|--only|--points|--show|--because|--period|--margin|--drop|--fault|--confidence|--designs|--size|--alike|--fewer|--periods|--note|--again|--audience|--wording|--delivered-by|--purpose|--lawful-basis|--dpia|--uses|--version|--review-by|--means|--reference|--by|--within|--needs|--end|--words|--role|--decision|--limit|--next-role|--condition|--unit|--split-days|--name|--system|--column|--dates|--encoding|--quoting|--sheet|--agents|--of|--draw|--frame|--question|--team|--link|--transaction|--colleague|--started|--technique|--kind|--transaction-kind|--told-at|--ended|--position|--comfort|--shopper|--scenario|--notes|--criterion|--polarity|--impact|--offset|--observer|--state|--form|--correct|--items|--evaluators|--expert|--scorecard|--due|--seed|--partial|--agreed|--item|--answer|--reading|--weights|--late|--outcome|--every|--split|--until|--variant|--cut|--source|--method|--complete|--ready-on|--against|--kpi|--data|--status|--year|--expires|--value|--low|--high|--tolerance|--sample|--definition|--strengths|--developments|--need|--option|--owner|--starts|--review-on|--goal|--contacts|--handle|--shrinkage|--busy|--concurrency|--rostered|--answered|--abandoned|--hours|--minutes|--plan|--colleagues|--other|--amount|--effect|--cost|--present|--absent|--action|--concern|--received|--signers|--key|--last) value=$word; continue ;;
            (-*) continue ;;
        esac
        case "$called $word" in
            (' init'|' demo'|' check'|' run'|' excuse'|' schema'|' scale'|' scale lint'|' scale list'|' scale show'|' scale trial'|' scale approve'|' scorecard'|' scorecard list'|' scorecard new'|' scorecard lint'|' scorecard show'|' scorecard diff'|' scorecard approve'|' scorecard retire'|' scorecard export'|' scorecard import'|' scorecard rules'|' technique'|' technique list'|' technique show'|' technique compare'|' technique results'|' technique justify'|' technique effect'|' frame'|' frame show'|' frame size'|' frame compare'|' frame agree'|' frame review'|' notice'|' notice add'|' notice list'|' notice ack'|' notice deliver'|' notice gaps'|' notice opt-outs'|' notice status'|' notice adjust'|' notice adjustments'|' procedure'|' procedure list'|' procedure show'|' procedure ack'|' procedure quiz'|' procedure matrix'|' authority'|' authority set'|' authority list'|' authority agree'|' authority ack'|' authority quiz'|' authority levels'|' authority replay'|' source'|' source add'|' source systems'|' source check'|' source transcript'|' sample'|' sample draw'|' sample list'|' sample show'|' sample verify'|' sample assign'|' sample replace'|' sample extend'|' sample confirm'|' sample choose'|' sample audit'|' spot'|' spot list'|' spot done'|' spot miss'|' record'|' record session'|' record note'|' record check'|' record diary'|' score'|' explain'|' calibrate'|' calibrate open'|' calibrate score'|' calibrate reveal'|' calibrate minute'|' calibrate close'|' calibrate list'|' calibrate report'|' dispute'|' dispute raise'|' dispute decide'|' dispute withdraw'|' dispute list'|' dispute show'|' dispute report'|' summarise'|' compare'|' kpi'|' kpi list'|' kpi show'|' kpi approve'|' kpi compute'|' kpi import'|' kpi chart'|' kpi drill'|' kpi gap'|' kpi question'|' kpi answer'|' kpi close'|' kpi questions'|' finding'|' finding look'|' finding settle'|' finding close'|' finding list'|' finding show'|' benchmark'|' benchmark add'|' benchmark list'|' benchmark match'|' target'|' target test'|' target propose'|' target agree'|' target history'|' feedback'|' feedback prepare'|' feedback deliver'|' feedback reply'|' feedback ack'|' feedback list'|' report'|' report feedback'|' report brief'|' report plans'|' report summary'|' report dashboard'|' plan'|' plan propose'|' plan book'|' plan done'|' plan review'|' plan cancel'|' plan list'|' resource'|' resource review'|' resource calc'|' resource workload'|' resource request'|' resource secure'|' resource list'|' brief'|' brief make'|' brief deliver'|' brief commit'|' brief answer'|' brief close'|' brief list'|' privacy'|' privacy access'|' privacy complaint'|' privacy due'|' privacy hold'|' privacy erase'|' ledger'|' ledger verify'|' ledger seal'|' ledger trace'|' ledger show'|' ledger redact'|' ledger retire'|' ledger repair'|' ledger adopt'|' ledger host'|' ledger host take'|' export') called="$called $word" ;;
        esac
    done
    case "$called $value" in
        (' init --provenance') compadd -- live training example; return ;;
        (' init --format'|' demo --format'|' check --format'|' run --format'|' excuse --format'|' schema --format'|' scale lint --format'|' scale list --format'|' scale show --format'|' scale trial --format'|' scale approve --format'|' scorecard list --format'|' scorecard new --format'|' scorecard lint --format'|' scorecard show --format'|' scorecard diff --format'|' scorecard approve --format'|' scorecard retire --format'|' scorecard export --format'|' scorecard import --format'|' scorecard rules --format'|' technique list --format'|' technique show --format'|' technique compare --format'|' technique results --format'|' technique justify --format'|' technique effect --format'|' frame show --format'|' frame size --format'|' frame compare --format'|' frame agree --format'|' frame review --format'|' notice add --format'|' notice list --format'|' notice ack --format'|' notice deliver --format'|' notice gaps --format'|' notice opt-outs --format'|' notice status --format'|' notice adjust --format'|' notice adjustments --format'|' procedure list --format'|' procedure show --format'|' procedure ack --format'|' procedure quiz --format'|' procedure matrix --format'|' authority set --format'|' authority list --format'|' authority agree --format'|' authority ack --format'|' authority quiz --format'|' authority levels --format'|' authority replay --format'|' source add --format'|' source systems --format'|' source check --format'|' source transcript --format'|' sample draw --format'|' sample list --format'|' sample show --format'|' sample verify --format'|' sample assign --format'|' sample replace --format'|' sample extend --format'|' sample confirm --format'|' sample choose --format'|' sample audit --format'|' spot list --format'|' spot done --format'|' spot miss --format'|' record session --format'|' record note --format'|' record check --format'|' record diary --format'|' score --format'|' explain --format'|' calibrate open --format'|' calibrate score --format'|' calibrate reveal --format'|' calibrate minute --format'|' calibrate close --format'|' calibrate list --format'|' calibrate report --format'|' dispute raise --format'|' dispute decide --format'|' dispute withdraw --format'|' dispute list --format'|' dispute show --format'|' dispute report --format'|' summarise --format'|' compare --format'|' kpi list --format'|' kpi show --format'|' kpi approve --format'|' kpi compute --format'|' kpi import --format'|' kpi chart --format'|' kpi drill --format'|' kpi gap --format'|' kpi question --format'|' kpi answer --format'|' kpi close --format'|' kpi questions --format'|' finding look --format'|' finding settle --format'|' finding close --format'|' finding list --format'|' finding show --format'|' benchmark add --format'|' benchmark list --format'|' benchmark match --format'|' target test --format'|' target propose --format'|' target agree --format'|' target history --format'|' feedback prepare --format'|' feedback deliver --format'|' feedback reply --format'|' feedback ack --format'|' feedback list --format'|' report feedback --format'|' report brief --format'|' report plans --format'|' report summary --format'|' report dashboard --format'|' plan propose --format'|' plan book --format'|' plan done --format'|' plan review --format'|' plan cancel --format'|' plan list --format'|' resource review --format'|' resource calc --format'|' resource workload --format'|' resource request --format'|' resource secure --format'|' resource list --format'|' brief make --format'|' brief deliver --format'|' brief commit --format'|' brief answer --format'|' brief close --format'|' brief list --format'|' privacy access --format'|' privacy complaint --format'|' privacy due --format'|' privacy hold --format'|' privacy erase --format'|' ledger verify --format'|' ledger seal --format'|' ledger trace --format'|' ledger show --format'|' ledger redact --format'|' ledger retire --format'|' ledger repair --format'|' ledger adopt --format'|' ledger host take --format'|' export --format') compadd -- table csv json md; return ;;
        (' run --example') compadd -- cron systemd; return ;;
        (' scorecard export --to') compadd -- amazon-connect genesys; return ;;
        (' scorecard import --from') compadd -- amazon-connect genesys zendesk-qa; return ;;
        (' notice add --audience') compadd -- customers colleagues; return ;;
        (' notice opt-outs --by') compadd -- channel reason colleague; return ;;
        (' source add --dates') compadd -- d/m/y m/d/y sheet-days; return ;;
        (' source add --encoding') compadd -- cp1252 latin-1 utf-16-le utf-16-be; return ;;
        (' source add --quoting') compadd -- doubled backslash none; return ;;
        (' sample list --purpose') compadd -- routine spot targeted kpi-link calibration; return ;;
        (' sample audit --by') compadd -- evaluator colleague; return ;;
        (' record session --kind') compadd -- routine spot; return ;;
        (' record session --transaction-kind') compadd -- routine non-routine; return ;;
        (' record session --position') compadd -- beside in-the-room remote as-customer afterwards; return ;;
        (' record diary --by') compadd -- kind transaction-kind channel colleague observer technique week; return ;;
        (' record diary --state') compadd -- done done late watched due late missed replaced; return ;;
        (' score --form') compadd -- html xlsx; return ;;
        (' calibrate report --by') compadd -- criterion evaluator severity session difference minute; return ;;
        (' calibrate report --weights') compadd -- linear ordinal quadratic; return ;;
        (' dispute decide --outcome') compadd -- upheld partly rejected; return ;;
        (' dispute report --by') compadd -- evaluator criterion; return ;;
        (' summarise --purpose') compadd -- routine spot all; return ;;
        (' summarise --of') compadd -- desk team channel colleague criterion; return ;;
        (' summarise --every') compadd -- week month quarter; return ;;
        (' compare --by') compadd -- transaction colleague team period; return ;;
        (' compare --purpose') compadd -- kpi-link routine spot; return ;;
        (' kpi chart --by') compadd -- day week month; return ;;
        (' finding list --status') compadd -- open watch confirmed dismissed closed all; return ;;
        (' benchmark add --kind') compadd -- standard target tolerance indicative; return ;;
        (' resource request --unit') compadd -- people hours money units; return ;;
        (' resource secure --outcome') compadd -- secured partly refused; return ;;
    esac
    case $value in
        (--folder|-C|--output|-o|--into|--from|--agents|--notes|--against|--signers|--key) _files; return ;;
        (?*) return ;;
    esac
    if [[ $current == -* ]]; then
        case $called in
        ('') compadd -- --help -h --version -C --folder --as ;;
        (' init') compadd -- --provenance --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' demo'|' check'|' scale lint'|' scale list'|' scorecard lint'|' scorecard diff'|' technique list'|' technique show'|' frame show'|' notice list'|' procedure list'|' source systems'|' source check'|' source transcript'|' sample verify'|' explain'|' calibrate list'|' dispute show'|' kpi list'|' finding show'|' benchmark list'|' target history'|' feedback list'|' report feedback'|' report brief'|' resource review'|' brief list'|' privacy due'|' ledger trace'|' ledger repair') compadd -- --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' run') compadd -- --ahead --since --for --most --ping --example --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' excuse'|' spot miss'|' calibrate close'|' finding close'|' ledger redact'|' ledger retire') compadd -- --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' schema') compadd -- --into --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scale'|' scorecard'|' technique'|' frame'|' notice'|' procedure'|' authority'|' source'|' sample'|' spot'|' record'|' calibrate'|' dispute'|' kpi'|' finding'|' benchmark'|' target'|' feedback'|' report'|' plan'|' resource'|' brief'|' privacy'|' ledger'|' ledger host') compadd -- --help -h ;;
        (' scale show') compadd -- --ratings --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scale trial'|' procedure quiz') compadd -- --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' scale approve') compadd -- --comment --decline --override --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' scorecard list') compadd -- --channel --on --criteria --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scorecard new') compadd -- --from --channel --title --prefix --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scorecard show') compadd -- --coverage --history --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scorecard approve') compadd -- --comment --decline --with-scales --override --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' scorecard retire') compadd -- --reason --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' scorecard export') compadd -- --to --instance --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scorecard import') compadd -- --from --id --channel --only --points --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' scorecard rules') compadd -- --show --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' technique compare') compadd -- --channel --grid --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' technique results') compadd -- --from --to --channel --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' technique justify') compadd -- --because --channel --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' technique effect'|' notice gaps'|' record check'|' report summary') compadd -- --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' frame size') compadd -- --period --margin --drop --from --fault --confidence --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' frame compare') compadd -- --period --designs --size --fault --alike --fewer --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' frame agree'|' authority agree'|' kpi approve') compadd -- --comment --decline --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' frame review') compadd -- --periods --note --again --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' notice add') compadd -- --audience --channel --from --to --wording --delivered-by --purpose --lawful-basis --dpia --acknowledge --mystery-shop --uses --proof --version --review-by --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' notice ack') compadd -- --on --means --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' notice deliver') compadd -- --reference --on --means --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' notice opt-outs'|' dispute report') compadd -- --by --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' notice status') compadd -- --on --within --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' notice adjust') compadd -- --needs --from --to --end --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' notice adjustments'|' plan list') compadd -- --for --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' procedure show') compadd -- --on --questions --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' procedure ack') compadd -- --all --on --means --words --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' procedure matrix'|' authority levels') compadd -- --strict --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' authority set') compadd -- --role --decision --limit --next-role --condition --unit --split-days --from --to --version --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' authority list') compadd -- --on --for --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' authority ack') compadd -- --on --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' authority quiz') compadd -- --questions --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' authority replay') compadd -- --record --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' source add') compadd -- --name --system --column --dates --encoding --quoting --sheet --agents --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' sample draw'|' finding look') compadd -- --period --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' sample list') compadd -- --for --of --draw --frame --period --from --to --purpose --open --scored --replaced --draws --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' sample show') compadd -- --balance --lost --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' sample assign') compadd -- --to --from --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' sample replace') compadd -- --reason --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' sample extend') compadd -- --to --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' sample confirm') compadd -- --period --size --question --channel --team --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' sample choose') compadd -- --reason --link --also --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' sample audit') compadd -- --by --frame --period --draw --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' spot list') compadd -- --all --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' spot done') compadd -- --transaction --channel --colleague --started --team --reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' record session') compadd -- --technique --kind --transaction-kind --told-at --started --ended --position --partly --intervened --comfort --shopper --scenario --notes --personal-call --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' record note') compadd -- --criterion --polarity --impact --offset --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' record diary') compadd -- --from --to --by --colleague --channel --observer --state --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' score') compadd -- --from --form --correct --personal-call --tui --total --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' calibrate open') compadd -- --items --evaluators --expert --scorecard --since --due --seed --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' calibrate score') compadd -- --from --seal --unsealed --tui --total --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' calibrate reveal') compadd -- --partial --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' calibrate minute') compadd -- --agreed --item --criterion --answer --reading --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' calibrate report') compadd -- --by --from --to --weights --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' dispute raise') compadd -- --criterion --words --late --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' dispute decide') compadd -- --outcome --words --answer --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' dispute withdraw'|' finding settle'|' feedback ack'|' brief make'|' ledger adopt'|' ledger host take') compadd -- --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' dispute list') compadd -- --for --open --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' summarise') compadd -- --from --to --purpose --channel --team --colleague --of --every --split --since --until --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' compare') compadd -- --variant --by --since --from --to --purpose --channel --team --colleague --all --margin --record --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' kpi show') compadd -- --variant --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' kpi compute') compadd -- --period --by --until --cut --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' kpi import') compadd -- --source --method --complete --ready-on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' kpi chart') compadd -- --variant --of --by --from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' kpi drill') compadd -- --variant --period --against --by --of --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' kpi gap') compadd -- --of --against --variant --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' kpi question') compadd -- --kpi --from --for --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' kpi answer') compadd -- --data --words --close --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' kpi close'|' feedback reply'|' brief answer'|' brief close') compadd -- --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' kpi questions') compadd -- --open --kpi --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' finding list') compadd -- --status --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' benchmark add') compadd -- --kpi --variant --kind --year --expires --value --low --high --tolerance --within --source --sample --definition --version --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' benchmark match') compadd -- --of --period --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' target test') compadd -- --variant --of --value --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' target propose') compadd -- --variant --of --value --from --tolerance --because --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' target agree') compadd -- --decline --comment --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' feedback prepare') compadd -- --for --on --strengths --developments --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' feedback deliver') compadd -- --on --means --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' report plans') compadd -- --for --team --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' report dashboard') compadd -- --from --to --channel --team --pseudonyms --purpose --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' plan propose') compadd -- --for --need --criterion --option --owner --starts --due --review-on --goal --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' plan book'|' plan done') compadd -- --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' plan review'|' plan cancel') compadd -- --words --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' resource calc') compadd -- --contacts --handle --shrinkage --busy --concurrency --rostered --answered --abandoned --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' resource workload') compadd -- --hours --minutes --frame --plan --colleagues --shrinkage --other --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' resource request') compadd -- --amount --unit --of --effect --from --words --cost --for --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' resource secure') compadd -- --outcome --amount --cost --from --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' resource list') compadd -- --open --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' brief deliver') compadd -- --present --absent --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' brief commit') compadd -- --words --action --concern --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' privacy access') compadd -- --received --channel --stop-clock --start-clock --extend --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' privacy complaint') compadd -- --received --channel --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' privacy hold') compadd -- --reason --until --release --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' privacy erase') compadd -- --reason --received --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        (' ledger verify') compadd -- --against --signers --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' ledger seal') compadd -- --key --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' ledger show') compadd -- --last --folder -C --as --today --format --output -o --quiet -q --plain --help -h ;;
        (' export') compadd -- --from --to --names --purpose --machine --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h ;;
        esac
        return
    fi
    case $called in
        ('') compadd -- init demo check run excuse schema scale scorecard technique frame notice procedure authority source sample spot record score explain calibrate dispute summarise compare kpi finding benchmark target feedback report plan resource brief privacy ledger export ;;
        (' scale') compadd -- lint list show trial approve ;;
        (' scorecard') compadd -- list new lint show diff approve retire export import rules ;;
        (' technique') compadd -- list show compare results justify effect ;;
        (' frame') compadd -- show size compare agree review ;;
        (' notice') compadd -- add list ack deliver gaps opt-outs status adjust adjustments ;;
        (' procedure') compadd -- list show ack quiz matrix ;;
        (' authority') compadd -- set list agree ack quiz levels replay ;;
        (' source') compadd -- add systems check transcript ;;
        (' sample') compadd -- draw list show verify assign replace extend confirm choose audit ;;
        (' spot') compadd -- list done miss ;;
        (' record') compadd -- session note check diary ;;
        (' calibrate') compadd -- open score reveal minute close list report ;;
        (' dispute') compadd -- raise decide withdraw list show report ;;
        (' kpi') compadd -- list show approve compute import chart drill gap question answer close questions ;;
        (' finding') compadd -- look settle close list show ;;
        (' benchmark') compadd -- add list match ;;
        (' target') compadd -- test propose agree history ;;
        (' feedback') compadd -- prepare deliver reply ack list ;;
        (' report') compadd -- feedback brief plans summary dashboard ;;
        (' plan') compadd -- propose book done review cancel list ;;
        (' resource') compadd -- review calc workload request secure list ;;
        (' brief') compadd -- make deliver commit answer close list ;;
        (' privacy') compadd -- access complaint due hold erase ;;
        (' ledger') compadd -- verify seal trace show redact retire repair adopt host ;;
        (' ledger host') compadd -- take ;;
        (' init'|' demo'|' scorecard import'|' authority replay'|' source add'|' kpi import'|' brief make') _files ;;
        (' summarise') compadd -- colleague team channel reason criterion deviation fault rule evaluators desk trend coverage ;;
        (' report summary') compadd -- colleague team channel reason criterion deviation desk ;;
    esac
}
compdef _qacli qacli
