#include "ctl/help.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

QString versionText()
{
    return u"winrmctl "_s + QCoreApplication::applicationVersion() + u'\n';
}

QString helpText()
{
    return uR"(Usage: winrmctl [options] VERB [RESOURCE] ...

Reads and changes WinRM and WS-Management hosts from the command line.

Verbs
  identify                what the host is
  get RESOURCE            one resource
  put RESOURCE N=V...     changes the named settings or properties, reads them back
  create RESOURCE N=V...  makes a resource, prints the RESOURCE it is
  delete RESOURCE         removes it
  invoke METHOD RESOURCE [N=V...]   runs a method, says what it gives back
  enumerate RESOURCE      all instances of a resource or class
  associators RESOURCE [N=V...]   the objects associated with one (associationclassname=,
                          resultclassname=, role=, resultrole= narrow)
  references RESOURCE [N=V...]    the associations of one (resultclassname=, role=)
  namespaces [NS]         child namespaces (root)
  classes [NS]            classes of a namespace (root/cimv2)
  schema RESOURCE         properties, methods and descriptions of a class
  open FILE               prints a saved message, raw HTTP reply, export or trace
  explain CODE            what an error code, symbol or cause means
  profiles list | show NAME | add NAME | edit NAME | remove NAME | import FILE | export [NAME...]
  demo                    runs a demo host on this machine until it is stopped

Connection
  -r, --remote URL        https://HOST[:PORT][/PATH], http://..., or HOST[:PORT] (HTTPS)
  -p, --profile NAME      a saved profile
  -u, --user NAME
      --password-file FILE   first line of the file, which must be yours and 0600
      --password-stdin       first line of standard input; without either it is asked for,
                             unless a Kerberos ticket will do
  -a, --auth auto|none|basic|negotiate|ntlm|kerberos
      --unverified-host   NTLM over http may be used, though the host proves nothing
      --spn NAME, --spn-port   the service name tickets are asked for; with the port in it
      --delegate          hand the Kerberos ticket on to the host
      --pin sha256:HEX    accept exactly this certificate
      --ca FILE           trust these authorities (PEM) in place of the system's
      --skip-ca-check, --skip-cn-check, --skip-revocation-check
      --readonly          refuse whatever may change something
      --no-encryption     let credentials and data travel in the clear over http
      --timeout SECONDS, --max-envelope KIB, --locale TAG, --utf16

Resource
  A URI, or winrm/config..., wmi/root/..., wmicimv2/CLASS, cimv2/CLASS, shell/cmd;
  selectors as ?Name=Value+Name=Value or --selector Name=Value
      --namespace NS, --option NAME=VALUE[!]
      --fragment PATH     one part of the resource                   (get, put)
      --filter TEXT, --dialect wql|cql|selector|association|xpath   (enumerate)
      --associations      with --dialect association: the associations themselves
      --return object|epr|both, --polymorphism deep|shallow|base-only, --max N
      --allow-costly      enumerate classes that are hard on a host

Values
  N=V, N= (empty), N=$null (nil); a name given again makes an array; N=@FILE and N=@- are a
  file's text, and the only way to give a secret; N=\$..., N=\@... are meant as they stand
      --input FILE        the XML body; values are laid over it

Output
  -f, --format text|tree|xml|raw|json|jsonl|csv|html|md
  -o, --output FILE       written beside its name, renamed at the end; --force replaces an old one;
                          a folder for the replies of enumerate, or of a trace, as raw
      --columns A,B, --no-formula-guard, --summary (open)
      --trace FILE        every exchange, redacted, as JSON Lines
      --progress auto|never, --error-format text|json
  -v, --verbose           how the connection is protected and who is signed in
  -q, --quiet             no notes
  -h, --help, --version

Profiles
      --name, --folder, --tags A,B, --color '#RRGGBB', --save-password keychain|ask

Demo
      --port N, --tls, --user NAME, --password-file FILE, --items N, --latency MS
      --as windows|amt|idrac|omi|openwsman   whose answers; see the manual page
      --fault [WHERE[:N[+]]=]WHAT[,...]   spoils answers on purpose. WHERE: any, identify, get,
                          put, create, delete, invoke, invoke/METHOD, enumerate, pull, release;
                          N: only the Nth, N+: from it on. WHAT: fault-AccessDenied (QuotaLimit,
                          TimedOut ...), fault-CODE, http-STATUS, html, close-before, close-after,
                          cut, malformed, delay-MS

Exit status
  0 done, 1 usage, 2 no connection, 3 certificate, 4 sign-in, 5 fault, 6 deadline,
  7 not a WS-Management reply, 8 stopped after at least one row, 9 file or keychain,
  130 interrupted
)"_s;
}
