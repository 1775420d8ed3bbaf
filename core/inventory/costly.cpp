#include "inventory/costly.h"

#include "inventory/inventory.h"
#include "protocol/namespaces.h"
#include "protocol/xmltext.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace {

struct CostlyClass
{
    QLatin1StringView name;
    Costly cost;
};

constexpr std::array costlyClasses{
    CostlyClass{"Win32_Product"_L1, Costly::SoftwareCheck},
    CostlyClass{"Win32_ProductCheck"_L1, Costly::SoftwareCheck},
    CostlyClass{"Win32_ProductSoftwareFeatures"_L1, Costly::SoftwareCheck},
    CostlyClass{"Win32_SoftwareElement"_L1, Costly::SoftwareCheck},
    CostlyClass{"Win32_SoftwareFeature"_L1, Costly::SoftwareCheck},
    CostlyClass{"Win32_InstalledSoftwareElement"_L1, Costly::SoftwareCheck},
    CostlyClass{"CIM_Product"_L1, Costly::SoftwareCheck},
    CostlyClass{"CIM_SoftwareElement"_L1, Costly::SoftwareCheck},
    CostlyClass{"CIM_SoftwareFeature"_L1, Costly::SoftwareCheck},
    CostlyClass{"Win32_Account"_L1, Costly::Accounts},
    CostlyClass{"Win32_Group"_L1, Costly::Accounts},
    CostlyClass{"Win32_UserAccount"_L1, Costly::Accounts},
    CostlyClass{"Win32_GroupUser"_L1, Costly::Accounts},
    CostlyClass{"Win32_GroupInDomain"_L1, Costly::Accounts},
    CostlyClass{"Win32_UserInDomain"_L1, Costly::Accounts},
    CostlyClass{"Win32_AccountSID"_L1, Costly::Accounts},
    CostlyClass{"Win32_NTLogEvent"_L1, Costly::EventLog},
    CostlyClass{"Win32_NTLogEventComputer"_L1, Costly::EventLog},
    CostlyClass{"Win32_NTLogEventLog"_L1, Costly::EventLog},
    CostlyClass{"Win32_NTLogEventUser"_L1, Costly::EventLog},
    CostlyClass{"CIM_DataFile"_L1, Costly::FileSystem},
    CostlyClass{"CIM_Directory"_L1, Costly::FileSystem},
    CostlyClass{"CIM_DirectoryContainsFile"_L1, Costly::FileSystem},
    CostlyClass{"CIM_LogicalFile"_L1, Costly::FileSystem},
    CostlyClass{"Win32_Directory"_L1, Costly::FileSystem},
    CostlyClass{"Win32_LogicalFileSecuritySetting"_L1, Costly::FileSystem},
    CostlyClass{"Win32_SecuritySettingOfLogicalFile"_L1, Costly::FileSystem},
    CostlyClass{"Win32_ShortcutFile"_L1, Costly::FileSystem},
    CostlyClass{"Win32_SubDirectory"_L1, Costly::FileSystem},
    CostlyClass{"CIM_Component"_L1, Costly::EveryObject},
    CostlyClass{"CIM_Dependency"_L1, Costly::EveryObject},
    CostlyClass{"CIM_LogicalElement"_L1, Costly::EveryObject},
    CostlyClass{"CIM_ManagedSystemElement"_L1, Costly::EveryObject},
};

/// What an enumeration really asks for.
struct Question
{
    QString className;
    bool narrowed = false;
    bool localAccounts = false;
};

Question questionOf(const ResourceLocator &resource, const Filter &filter)
{
    static const QRegularExpression from(uR"(\bfrom\s+(\w+))"_s,
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression where(uR"(\bwhere\b)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression local(uR"(\b(LocalAccount|Domain|SID)\b\s*(=|like\b))"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    Question question{.className = resource.className()};
    if (!filter.selectors.empty()) {
        question.narrowed = true;
        for (const Selector &selector : filter.selectors)
            question.localAccounts |= local.match(selector.name + u'=').hasMatch();
        return question;
    }
    const auto named = from.match(filter.text);
    if (named.hasMatch())
        question.className = named.captured(1);
    const auto condition = where.match(filter.text);
    question.narrowed = condition.hasMatch();
    question.localAccounts = question.narrowed
        && local.match(filter.text, condition.capturedEnd()).hasMatch();
    return question;
}

/// An association filter or "associators of" starts at one object.
bool startsAtAnObject(const Filter &filter)
{
    static const QRegularExpression of(uR"(^\s*(associators|references)\s+of\b)"_s,
                                       QRegularExpression::CaseInsensitiveOption);
    return filter.dialect.compare(toText(uri::associationFilter), Qt::CaseInsensitive) == 0
        || of.match(filter.text).hasMatch();
}

/// Under the very URI that a catalogue calls costly.
bool isCatalogued(const ResourceLocator &resource, const QString &className)
{
    const QString folder = resource.uri.left(resource.uri.lastIndexOf(u'/') + 1);
    for (const HostKind kind : Inventory::standard().kindsWith(className)) {
        const CatalogueClass *const known = Inventory::standard().of(kind).find(className);
        if (known && known->costly
            && known->resource.uri.compare(folder + className, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

} // namespace

std::optional<Costly> costOf(const ResourceLocator &resource, const Filter &filter,
                             PolymorphismMode polymorphism)
{
    if (startsAtAnObject(filter))
        return std::nullopt;
    const bool cimv2 = resource.cimNamespace().compare("root/cimv2"_L1, Qt::CaseInsensitive) == 0;
    const Question question = questionOf(resource, filter);
    if (!cimv2)
        return !question.narrowed && isCatalogued(resource, question.className)
            ? std::optional(Costly::Catalogued)
            : std::nullopt;
    for (const CostlyClass &known : costlyClasses) {
        if (question.className.compare(known.name, Qt::CaseInsensitive) != 0)
            continue;
        const bool alone = polymorphism == PolymorphismMode::Shallow;
        const bool harmless = known.cost == Costly::SoftwareCheck ? false
            : known.cost == Costly::Accounts                      ? question.localAccounts
            : known.cost == Costly::EveryObject                   ? question.narrowed || alone
                                                                  : question.narrowed;
        return harmless ? std::nullopt : std::optional(known.cost);
    }
    return std::nullopt;
}
