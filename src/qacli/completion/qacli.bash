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
            --provenance|--folder|-C|--as|--today|--format|--output|-o|--ahead|--ping|--example|--channel|--from|--to|--because|--comment|--period|--margin|--drop|--fault|--confidence|--on|--means|--name|--system|--column|--dates|--encoding|--for|--draw|--technique|--kind|--transaction-kind|--told-at|--started|--ended|--comfort|--notes|--correct|--purpose|--team|--colleague|--strengths|--developments|--words|--need|--criterion|--option|--owner|--starts|--due|--review-on|--goal|--received|--reason|--until|--against|--signers|--key|--last) value=$word; continue ;;
            -*) continue ;;
        esac
        case "$called $word" in
            ' init'|' demo'|' check'|' run'|' technique'|' technique list'|' technique show'|' technique compare'|' technique results'|' technique justify'|' frame'|' frame show'|' frame agree'|' frame size'|' notice'|' notice list'|' notice ack'|' notice gaps'|' source'|' source add'|' source systems'|' source check'|' sample'|' sample draw'|' sample list'|' sample verify'|' record'|' score'|' explain'|' summarise'|' feedback'|' feedback prepare'|' feedback deliver'|' feedback reply'|' feedback ack'|' feedback list'|' report'|' report feedback'|' report plans'|' report summary'|' plan'|' plan propose'|' plan book'|' plan done'|' plan review'|' plan cancel'|' plan list'|' privacy'|' privacy access'|' privacy complaint'|' privacy due'|' privacy hold'|' privacy erase'|' ledger'|' ledger verify'|' ledger seal'|' ledger trace'|' ledger show'|' ledger redact'|' ledger retire'|' ledger repair'|' ledger adopt'|' ledger host'|' ledger host take'|' export') called="$called $word" ;;
        esac
    done
    case "$called $value" in
        ' init --provenance') COMPREPLY=($(compgen -W "live training example" -- "$current")); return ;;
        ' init --format'|' demo --format'|' check --format'|' run --format'|' technique list --format'|' technique show --format'|' technique compare --format'|' technique results --format'|' technique justify --format'|' frame show --format'|' frame agree --format'|' frame size --format'|' notice list --format'|' notice ack --format'|' notice gaps --format'|' source add --format'|' source systems --format'|' source check --format'|' sample draw --format'|' sample list --format'|' sample verify --format'|' record --format'|' score --format'|' explain --format'|' summarise --format'|' feedback prepare --format'|' feedback deliver --format'|' feedback reply --format'|' feedback ack --format'|' feedback list --format'|' report feedback --format'|' report plans --format'|' report summary --format'|' plan propose --format'|' plan book --format'|' plan done --format'|' plan review --format'|' plan cancel --format'|' plan list --format'|' privacy access --format'|' privacy complaint --format'|' privacy due --format'|' privacy hold --format'|' privacy erase --format'|' ledger verify --format'|' ledger seal --format'|' ledger trace --format'|' ledger show --format'|' ledger redact --format'|' ledger retire --format'|' ledger repair --format'|' ledger adopt --format'|' ledger host take --format'|' export --format') COMPREPLY=($(compgen -W "table csv json md" -- "$current")); return ;;
        ' run --example') COMPREPLY=($(compgen -W "cron systemd" -- "$current")); return ;;
        ' source add --dates') COMPREPLY=($(compgen -W "d/m/y m/d/y" -- "$current")); return ;;
        ' source add --encoding') COMPREPLY=($(compgen -W "cp1252" -- "$current")); return ;;
        ' record --kind') COMPREPLY=($(compgen -W "routine spot" -- "$current")); return ;;
        ' record --transaction-kind') COMPREPLY=($(compgen -W "routine non-routine" -- "$current")); return ;;
        ' summarise --purpose') COMPREPLY=($(compgen -W "routine spot all" -- "$current")); return ;;
    esac
    case $value in
        --folder|-C|--output|-o|--from|--notes|--against|--signers|--key) _qacli_files; return ;;
        ?*) return ;;
    esac
    if [[ $current == -* ]]; then
        case $called in
        '') COMPREPLY=($(compgen -W "--help -h --version -C --folder --as" -- "$current")) ;;
        ' init') COMPREPLY=($(compgen -W "--provenance --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' demo'|' check'|' technique list'|' technique show'|' frame show'|' notice list'|' source systems'|' source check'|' sample verify'|' explain'|' feedback list'|' report feedback'|' privacy due'|' ledger trace'|' ledger repair') COMPREPLY=($(compgen -W "--folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' run') COMPREPLY=($(compgen -W "--ahead --ping --example --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' technique'|' frame'|' notice'|' source'|' sample'|' feedback'|' report'|' plan'|' privacy'|' ledger'|' ledger host') COMPREPLY=($(compgen -W "--help -h" -- "$current")) ;;
        ' technique compare') COMPREPLY=($(compgen -W "--channel --grid --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' technique results') COMPREPLY=($(compgen -W "--from --to --channel --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' technique justify') COMPREPLY=($(compgen -W "--because --channel --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' frame agree') COMPREPLY=($(compgen -W "--comment --decline --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' frame size') COMPREPLY=($(compgen -W "--period --margin --drop --from --fault --confidence --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' notice ack') COMPREPLY=($(compgen -W "--on --means --from --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' notice gaps'|' report summary') COMPREPLY=($(compgen -W "--from --to --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' source add') COMPREPLY=($(compgen -W "--name --system --column --dates --encoding --dry-run -n --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' sample draw') COMPREPLY=($(compgen -W "--period --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' sample list') COMPREPLY=($(compgen -W "--for --draw --open --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' record') COMPREPLY=($(compgen -W "--technique --kind --transaction-kind --told-at --started --ended --intervened --comfort --notes --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' score') COMPREPLY=($(compgen -W "--from --correct --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' summarise') COMPREPLY=($(compgen -W "--from --to --purpose --channel --team --colleague --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' feedback prepare') COMPREPLY=($(compgen -W "--for --on --strengths --developments --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback deliver') COMPREPLY=($(compgen -W "--on --means --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback reply') COMPREPLY=($(compgen -W "--words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' feedback ack'|' ledger adopt'|' ledger host take') COMPREPLY=($(compgen -W "--folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' report plans') COMPREPLY=($(compgen -W "--for --team --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' plan propose') COMPREPLY=($(compgen -W "--for --need --criterion --option --owner --starts --due --review-on --goal --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan book'|' plan done') COMPREPLY=($(compgen -W "--on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan review'|' plan cancel') COMPREPLY=($(compgen -W "--words --on --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' plan list') COMPREPLY=($(compgen -W "--for --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' privacy access') COMPREPLY=($(compgen -W "--received --channel --stop-clock --start-clock --extend --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy complaint') COMPREPLY=($(compgen -W "--received --channel --done --on --words --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy hold') COMPREPLY=($(compgen -W "--reason --until --release --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' privacy erase') COMPREPLY=($(compgen -W "--reason --received --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' ledger verify') COMPREPLY=($(compgen -W "--against --signers --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger seal') COMPREPLY=($(compgen -W "--key --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger show') COMPREPLY=($(compgen -W "--last --folder -C --as --today --format --output -o --quiet -q --plain --help -h" -- "$current")) ;;
        ' ledger redact'|' ledger retire') COMPREPLY=($(compgen -W "--reason --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        ' export') COMPREPLY=($(compgen -W "--from --to --names --purpose --machine --folder -C --as --today --format --output -o --quiet -q --plain --dry-run -n --help -h" -- "$current")) ;;
        esac
        return
    fi
    case $called in
        '') COMPREPLY=($(compgen -W "init demo check run technique frame notice source sample record score explain summarise feedback report plan privacy ledger export" -- "$current")) ;;
        ' technique') COMPREPLY=($(compgen -W "list show compare results justify" -- "$current")) ;;
        ' frame') COMPREPLY=($(compgen -W "show agree size" -- "$current")) ;;
        ' notice') COMPREPLY=($(compgen -W "list ack gaps" -- "$current")) ;;
        ' source') COMPREPLY=($(compgen -W "add systems check" -- "$current")) ;;
        ' sample') COMPREPLY=($(compgen -W "draw list verify" -- "$current")) ;;
        ' feedback') COMPREPLY=($(compgen -W "prepare deliver reply ack list" -- "$current")) ;;
        ' report') COMPREPLY=($(compgen -W "feedback plans summary" -- "$current")) ;;
        ' plan') COMPREPLY=($(compgen -W "propose book done review cancel list" -- "$current")) ;;
        ' privacy') COMPREPLY=($(compgen -W "access complaint due hold erase" -- "$current")) ;;
        ' ledger') COMPREPLY=($(compgen -W "verify seal trace show redact retire repair adopt host" -- "$current")) ;;
        ' ledger host') COMPREPLY=($(compgen -W "take" -- "$current")) ;;
        ' init'|' demo'|' source add') _qacli_files ;;
        ' summarise'|' report summary') COMPREPLY=($(compgen -W "colleague team channel reason criterion desk" -- "$current")) ;;
    esac
}
complete -F _qacli qacli
