#include "protocol/writeonly.h"

#include <QLatin1StringView>

#include <algorithm>
#include <array>

bool isWriteOnlyName(QStringView name)
{
    constexpr std::array endings{QLatin1StringView("password"), QLatin1StringView("passwd"),
                                 QLatin1StringView("passphrase"), QLatin1StringView("pwd")};
    return std::ranges::any_of(endings, [name](QLatin1StringView ending) {
        return name.endsWith(ending, Qt::CaseInsensitive);
    });
}
