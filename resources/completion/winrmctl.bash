# bash completion for winrmctl

# Completes $1 among the words that follow, one an argument; spaces in them are quoted.
_winrmctl_among() {
    local start=$1 word
    shift
    for word in "$@"; do
        [[ $word == "$start"* ]] && COMPREPLY+=("$(printf '%q' "$word")")
    done
    return 0
}

_winrmctl_files() {
    compopt -o filenames 2>/dev/null
    local name
    while IFS= read -r name; do
        COMPREPLY+=("$name")
    done < <(compgen -f -- "$1")
}

_winrmctl_profiles() {
    local -a names=()
    local name
    # JSON Lines: a name is the text after "Name": up to the next bare quotation mark.
    while IFS= read -r name; do
        names+=("$name")
    done < <(winrmctl profiles list -q -f jsonl 2>/dev/null |
        sed -n 's/.*"Name":"\(\([^"\\]\|\\.\)*\)".*/\1/p' | sed 's/\\\(["\\/]\)/\1/g')
    _winrmctl_among "$1" "${names[@]}"
}

_winrmctl_resources() {
    _winrmctl_among "$1" winrm/config winrm/config/client winrm/config/client/auth \
        winrm/config/client/defaultports winrm/config/listener winrm/config/plugin \
        winrm/config/service winrm/config/service/auth winrm/config/service/certmapping \
        winrm/config/service/defaultports winrm/config/winrs wmicimv2/ wmi/root/ cimv2/ shell/cmd
    [[ ${COMPREPLY[*]} == */ ]] && compopt -o nospace 2>/dev/null
}

# The value of the option $1; fails when it is none that takes one.
_winrmctl_value() {
    case $1 in
        -p|--profile) _winrmctl_profiles "$2" ;;
        -f|--format) _winrmctl_among "$2" text tree xml raw json jsonl csv html md ;;
        -a|--auth) _winrmctl_among "$2" auto none basic negotiate ntlm kerberos ;;
        --dialect) _winrmctl_among "$2" wql cql selector association xpath ;;
        --return) _winrmctl_among "$2" object epr both ;;
        --polymorphism) _winrmctl_among "$2" deep shallow base-only ;;
        --progress) _winrmctl_among "$2" auto never ;;
        --error-format) _winrmctl_among "$2" text json ;;
        --as) _winrmctl_among "$2" windows amt idrac omi openwsman ;;
        --save-password) _winrmctl_among "$2" keychain ask ;;
        --password-file|--ca|--input|-o|--output|--trace) _winrmctl_files "$2" ;;
        -r|--remote|-u|--user|--pin|--spn|--timeout|--max-envelope|--locale|--namespace|--selector|\
        --option|--fragment|--filter|--max|--columns|--port|--items|--latency|--fault|--name|--folder|--color|--tags) ;;
        *) return 1 ;;
    esac
}

_winrmctl_words() {
    local verb=$1 sub=$2 count=$3 word=$4
    case $verb in
        '') _winrmctl_among "$word" identify get put create delete invoke enumerate \
                associators references namespaces classes schema open explain profiles demo ;;
        get|put|create|delete|enumerate|associators|references|schema) ((count == 0)) && _winrmctl_resources "$word" ;;
        invoke) ((count == 1)) && _winrmctl_resources "$word" ;;
        open) ((count == 0)) && _winrmctl_files "$word" ;;
        profiles)
            case $count$sub in
                0*) _winrmctl_among "$word" list show add edit remove import export ;;
                1show|1edit|1remove|[1-9]export) _winrmctl_profiles "$word" ;;
                1import) _winrmctl_files "$word" ;;
            esac ;;
    esac
}

_winrmctl() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    COMPREPLY=()
    ((COMP_CWORD > 1)) && _winrmctl_value "$before" "$word" && return
    if [[ $word == -* ]]; then
        _winrmctl_among "$word" -r --remote -p --profile -u --user --password-stdin \
            --password-file -a --auth --ca --pin --skip-ca-check --skip-cn-check \
            --skip-revocation-check --no-encryption --unverified-host --spn --spn-port --delegate \
            --readonly --timeout --max-envelope --locale --utf16 \
            --namespace --selector --option --fragment --input --filter --dialect --return --max --polymorphism \
            --associations --allow-costly -f --format -o \
            --output --force --columns --no-formula-guard --trace --progress -v --verbose -q \
            --quiet --error-format --summary -h --help --version --port --tls --items --latency --fault --as \
            --name --folder --color --tags --save-password
        return
    fi
    # The verb, the word after it, and how many words stand after the verb already.
    local verb='' sub='' count=0 i
    for ((i = 1; i < COMP_CWORD; ++i)); do
        case ${COMP_WORDS[i]} in
            -*) COMPREPLY=()
                _winrmctl_value "${COMP_WORDS[i]}" $'\1' 2>/dev/null && ((++i)) ;;
            *)  if [[ -z $verb ]]; then
                    verb=${COMP_WORDS[i]}
                else
                    ((count++ == 0)) && sub=${COMP_WORDS[i]}
                fi ;;
        esac
    done
    COMPREPLY=()
    _winrmctl_words "$verb" "$sub" "$count" "$word"
}

complete -F _winrmctl winrmctl
