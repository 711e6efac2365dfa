// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle/provider_conditions.h"

#include "inspector/fact_sections.h"
#include "oracle/chain_words.h"
#include "text/names.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

struct ConditionWords {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// "3.5 M": in millions of coins, which is how the conditions are written.
QString millionsText(std::string_view wei)
{
    return ConditionWords::tr("%1 M").arg(QLocale().toString(coinsOf(wei) / 1e6, 'f', 1));
}

QString validatorText(const ipc::FtsoValidator &validator)
{
    if (validator.checks == 0)
        return ConditionWords::tr("not looked at yet; %1 mirrored stake")
            .arg(millionsText(validator.weight));
    QString text = ConditionWords::tr("there in %1 of %n look(s); self-bond %2, stake %3", nullptr,
                                      static_cast<int>(validator.checks))
                       .arg(shareText(validator.connected, validator.checks),
                            millionsText(validator.selfBond), millionsText(validator.stake));
    if (validator.uptime)
        text = ConditionWords::tr("%1; since it began %2 %")
                   .arg(text, QLocale().toString(*validator.uptime, 'f', 1));
    return text;
}

} // namespace

QString updatesText(const ipc::FtsoProviderEpoch &epoch)
{
    const double expected = epoch.share * static_cast<double>(epoch.fastUpdatesAll);
    return expected > 0 ? percentText(static_cast<double>(epoch.fastUpdates) / expected) : u"–"_s;
}

QString updatesHint(const ipc::FtsoProviderEpoch &epoch)
{
    return ConditionWords::tr("%1 of all %2 fast updates; the minimal conditions want 80 % of what "
                              "the weight lets expect")
        .arg(epoch.fastUpdates)
        .arg(epoch.fastUpdatesAll);
}

QString connectorHint(const ipc::FtsoProviderEpoch &epoch)
{
    return ConditionWords::tr(
               "Signed %1 of the data connector's %2 results; the minimal conditions "
               "want 60 % of them")
        .arg(epoch.fdcSignatures)
        .arg(epoch.fdcRounds);
}

QString conditionHint(const ipc::FtsoProviderEpoch &epoch)
{
    if (!epoch.passes)
        return ConditionWords::tr("The reward epoch runs");
    QString hint =
        epoch.passesBasis == "published" ? ConditionWords::tr("As the network published them")
        : epoch.passesBasis == "counted"
            ? ConditionWords::tr("Counted on from what was published; uptime is what was seen from "
                                 "here")
            : ConditionWords::tr("At least so many, counted since the chain is indexed: "
                                 "flare.passes_data says where the network publishes them");
    if (epoch.staking == "unknown")
        hint = ConditionWords::tr("%1. Its validators were not seen and count as failed").arg(hint);
    if (epoch.burnt)
        hint = *epoch.burnt
                   ? ConditionWords::tr("%1. All rewards of the reward epoch are lost").arg(hint)
                   : ConditionWords::tr("%1. Its rewards are paid").arg(hint);
    return hint;
}

void addConditions(FactColumn &column, const std::vector<ipc::FtsoProviderEpoch> &history,
                   const ipc::FlareStatusReply &chain)
{
    if (history.empty())
        return;
    const ipc::FtsoProviderEpoch &epoch = history.front();
    QList<Fact> facts{
        {nameOfProtocol("anchor"),
         ConditionWords::tr("%1 within half a percent of the median, 80 % wanted")
             .arg(shareText(epoch.near, epoch.feeds))},
        {nameOfProtocol("fdc"),
         ConditionWords::tr("%1 of the results signed, 60 % wanted")
             .arg(shareText(epoch.fdcSignatures, epoch.fdcRounds)),
         connectorHint(epoch)},
        {nameOfProtocol("fast_updates"),
         ConditionWords::tr("%1 of what is expected, 80 % wanted").arg(updatesText(epoch)),
         updatesHint(epoch)}};
    if (epoch.staking != "none" && !epoch.staking.empty())
        facts += Fact{nameOfProtocol("staking"),
                      epoch.validators.empty() ? ConditionWords::tr("none is registered")
                                               : stakingText(epoch),
                      ConditionWords::tr("Four fifths of the stake with 80 % of uptime and 1 M of "
                                         "self-bond; 3 M of it and 15 M of stake earn passes")};
    for (const ipc::FtsoValidator &each : epoch.validators)
        facts += Fact{shortAddress(each.node), validatorText(each), fromUtf8(each.node)};
    if (history.size() > 1)
        facts += Fact{ConditionWords::tr("Passes"),
                      ConditionWords::tr("%1 after reward epoch %2")
                          .arg(passesText(history[1]))
                          .arg(history[1].rewardEpoch),
                      conditionHint(history[1])};
    column.addSection(
        ConditionWords::tr("Minimal conditions of reward epoch %1").arg(epoch.rewardEpoch));
    column.addFacts(facts);
    if (!chain.validatorProblem.empty())
        column.addParagraph(
            ConditionWords::tr("Validators: %1").arg(fromUtf8(chain.validatorProblem)));
}

} // namespace chrona::ui
