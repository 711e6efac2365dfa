// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/chain_words.h"

#include "text/names.h"
#include "text/time_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cctype>
#include <cmath>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

/// The context that all such words have in the catalogs.
struct ChainWords {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

double coinsOf(std::string_view wei)
{
    return fromUtf8(wei).toDouble() / 1e18;
}

QString coinText(std::string_view wei, const QString &coin)
{
    if (wei.empty())
        return u"–"_s;
    return coinsText(coinsOf(wei), coin);
}

QString coinsText(double coins, const QString &coin)
{
    const int decimals = std::abs(coins) >= 1'000 || coins == 0 ? 0 : std::abs(coins) >= 1 ? 2 : 4;
    return u"%1 %2"_s.arg(QLocale().toString(coins, 'f', decimals), coin).trimmed();
}

QString percentText(double share)
{
    return u"%1 %"_s.arg(QLocale().toString(100 * share, 'f', 1));
}

QString shareText(qint64 part, qint64 whole)
{
    if (whole <= 0)
        return u"–"_s;
    return percentText(static_cast<double>(part) / static_cast<double>(whole));
}

QString shortAddress(std::string_view address)
{
    const QString text = fromUtf8(address);
    return text.size() < 14 ? text : text.left(6) + u'…' + text.right(4);
}

bool isSameAddress(std::string_view a, std::string_view b)
{
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

QString registeredText(const std::optional<bool> &registered)
{
    if (!registered)
        return ChainWords::tr("not known yet");
    return *registered ? ChainWords::tr("yes") : ChainWords::tr("no");
}

QString nameOfChainRole(std::string_view role)
{
    if (role == "identity")
        return ChainWords::tr("Identity");
    if (role == "submit")
        return ChainWords::tr("Submissions");
    if (role == "submit-signatures")
        return ChainWords::tr("Signatures");
    if (role == "signing-policy")
        return ChainWords::tr("Signing policy");
    if (role == "delegation")
        return ChainWords::tr("Delegation");
    return fromUtf8(role);
}

QString nameOfDuty(std::string_view duty)
{
    if (duty == "commit")
        return ChainWords::tr("commit");
    if (duty == "reveal")
        return ChainWords::tr("reveal");
    if (duty == "sign")
        return ChainWords::tr("sign");
    return duty == "finalise" ? ChainWords::tr("finalise") : fromUtf8(duty);
}

std::optional<int> percentileOf(const ipc::FtsoProviderEpoch &epoch)
{
    if (epoch.rank <= 0 || epoch.voters <= 0)
        return std::nullopt;
    return 100 * (epoch.voters - epoch.rank + 1) / epoch.voters;
}

QString passesText(const ipc::FtsoProviderEpoch &epoch)
{
    if (!epoch.passes)
        return u"–"_s;
    const QString count = QString::number(*epoch.passes);
    return epoch.passesBasis == "published" ? count
           : epoch.passesBasis == "counted" ? u"≈ %1"_s.arg(count)
                                            : u"≥ %1"_s.arg(count);
}

QString stakingText(const ipc::FtsoProviderEpoch &epoch)
{
    if (epoch.staking == "met")
        return ChainWords::tr("met");
    if (epoch.staking == "kept")
        return ChainWords::tr("met, earns no pass");
    if (epoch.staking == "failed")
        return ChainWords::tr("failed");
    return epoch.staking == "unknown" ? ChainWords::tr("not seen") : u"–"_s;
}

qint64 blocksBehind(const ipc::FlareStatusReply &chain)
{
    return std::max<qint64>(chain.headBlock - chain.indexedBlock, 0);
}

QString chainSummary(const ipc::FlareStatusReply &chain)
{
    if (chain.identity.empty())
        return ChainWords::tr("%1, %n block(s) behind", nullptr,
                              static_cast<int>(blocksBehind(chain)))
            .arg(fromUtf8(chain.network));
    return ChainWords::tr("%1: registered now %2, next %3; %n block(s) behind", nullptr,
                          static_cast<int>(blocksBehind(chain)))
        .arg(fromUtf8(chain.network), registeredText(chain.registeredNow),
             registeredText(chain.registeredNext));
}

QString nameOfProtocol(std::string_view protocol)
{
    if (protocol == "anchor")
        return ChainWords::tr("Anchor feeds");
    if (protocol == "fdc")
        return ChainWords::tr("Data connector");
    if (protocol == "staking")
        return ChainWords::tr("Validators");
    if (protocol == "self_bond")
        return ChainWords::tr("Self-bond");
    return protocol == "fast_updates" ? ChainWords::tr("Fast updates") : fromUtf8(protocol);
}

QString providerSentenceOf(const ipc::OracleAlert &alert)
{
    const QString number = QLocale().toString(alert.measured, 'f', 1);
    switch (alert.kind) {
    case ipc::OracleAlertKind::Unregistered:
        return ChainWords::tr("The provider is not registered for the next reward epoch");
    case ipc::OracleAlertKind::LowBalance:
        return ChainWords::tr("The %1 account can pay %n more transaction(s)", nullptr,
                              static_cast<int>(std::min(alert.measured, 1e9)))
            .arg(nameOfChainRole(alert.subject));
    case ipc::OracleAlertKind::Unavailable:
        return ChainWords::tr("The provider revealed %1 % of the last rounds in time").arg(number);
    case ipc::OracleAlertKind::Percentile:
        return ChainWords::tr("Only %1 of a hundred providers come no closer")
            .arg(std::lround(alert.measured));
    case ipc::OracleAlertKind::MinimalCondition:
        return ChainWords::tr("%1: %2 %, where the minimal conditions want %3 %")
            .arg(nameOfProtocol(alert.subject), number, QLocale().toString(alert.limit, 'f', 0));
    case ipc::OracleAlertKind::IndexerBehind:
        return ChainWords::tr("The chain was last read %1 s ago").arg(std::lround(alert.measured));
    case ipc::OracleAlertKind::ContractChanged:
        return ChainWords::tr("The network's registry names another address for %1")
            .arg(fromUtf8(alert.subject));
    default: return {};
    }
}

} // namespace chrona::ui
