// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/setting_rows.h"

#include <QCoreApplication>

namespace chrona::ui {

namespace {

/// The translators' program sees through no macro of ours, so the texts stand in a class that has
/// the dialog's context.
struct SettingTexts {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::SettingsDialog)
public:
    using enum SettingKind;

    static constexpr SettingRow kSources[] = {
        {"sources.live", Flag, 0, 0, "", QT_TR_NOOP("Ask live sources"),
         QT_TR_NOOP("Off: nothing is fetched, and what is stored stays.")},
        {"sources.contact", Text, 0, 0, "", QT_TR_NOOP("Contact address"),
         QT_TR_NOOP("Some sources want to know by e-mail address who asks.")},
        {"stories.days", Number, 1, 4'000, QT_TR_NOOP(" days"), QT_TR_NOOP("Stories"),
         QT_TR_NOOP("Reports of so many days are kept grouped into stories.")},
    };

    static constexpr SettingRow kBriefings[] = {
        {"briefing.hour", Number, 0, 23, QT_TR_NOOP(" h"), QT_TR_NOOP("Daily briefing at"),
         QT_TR_NOOP("In the time of this computer; made up for after sleep.")},
        {"briefing.model_words", Flag, 0, 0, "", QT_TR_NOOP("Words of a language model"),
         QT_TR_NOOP("In English, held against what was computed, and marked.")},
        {"assist.ollama", Text, 0, 0, "", QT_TR_NOOP("Ollama"),
         QT_TR_NOOP("Its address on this computer, http://127.0.0.1:11434; empty: none.")},
        {"assist.model", Text, 0, 0, "", QT_TR_NOOP("Language model"),
         QT_TR_NOOP("Its name there; it also suggests topics. Empty: none.")},
        {"alerts.quiet_from_hour", Number, 0, 23, QT_TR_NOOP(" h"), QT_TR_NOOP("Quiet from"),
         QT_TR_NOOP("Alerts wait until the quiet hours are over.")},
        {"alerts.quiet_until_hour", Number, 0, 23, QT_TR_NOOP(" h"), QT_TR_NOOP("Quiet until"),
         QT_TR_NOOP("The same hour in both: never quiet.")},
    };

    static constexpr SettingRow kOracle[] = {
        {"oracle.live", Flag, 0, 0, "", QT_TR_NOOP("Ask trading venues"),
         QT_TR_NOOP("Off: the sample world's ticks are priced, where it is loaded.")},
        {"oracle.feeds", Text, 0, 0, "", QT_TR_NOOP("Feeds"),
         QT_TR_NOOP("Pairs with blanks between, at most 64.")},
        {"oracle.venues", Text, 0, 0, "", QT_TR_NOOP("Venues"),
         QT_TR_NOOP("Empty: all that there are.")},
        {"oracle.deviation_bps", Number, 1, 10'000, QT_TR_NOOP(" bp"),
         QT_TR_NOOP("Alert when a venue deviates by"),
         QT_TR_NOOP("From the consensus, while it is left out.")},
        {"oracle.disagreement_bps", Number, 1, 10'000, QT_TR_NOOP(" bp"),
         QT_TR_NOOP("Alert when venues disagree by"),
         QT_TR_NOOP("Half the width of the confidence band.")},
        {"oracle.thin_sources", Number, 0, 60, "", QT_TR_NOOP("Alert at so few sound venues"),
         QT_TR_NOOP("Of one feed.")},
    };

    static constexpr SettingRow kChain[] = {
        {"flare.network", Text, 0, 0, "", QT_TR_NOOP("Network"),
         QT_TR_NOOP("coston2, coston, songbird or flare.")},
        {"flare.identity", Text, 0, 0, "", QT_TR_NOOP("Identity address"),
         QT_TR_NOOP("Of the provider whose rounds are told. Keys stay in the signer.")},
        {"flare.rpc", Text, 0, 0, "", QT_TR_NOOP("Nodes"),
         QT_TR_NOOP("Addresses with blanks between; empty: the network's public one.")},
        {"flare.values", Text, 0, 0, "", QT_TR_NOOP("Value provider"),
         QT_TR_NOOP("Address of the one whose prices are submitted.")},
        {"flare.this_machine", Flag, 0, 0, "", QT_TR_NOOP("Allow this machine"),
         QT_TR_NOOP("Nodes and value providers on this computer may be asked.")},
        {"flare.fee_max_milli", Number, 1, 1'000'000, "",
         QT_TR_NOOP("Most that a transaction costs"),
         QT_TR_NOOP("In thousandths of the network's coin.")},
    };

    static constexpr SettingRow kLimits[] = {
        {"jobs.workers", Number, 1, 16, "", QT_TR_NOOP("Background jobs at once"),
         QT_TR_NOOP("After the next start of the service.")},
        {"maintenance.minutes", Number, 1, 1'440, QT_TR_NOOP(" min"), QT_TR_NOOP("Upkeep every"),
         QT_TR_NOOP("Partitions and retention.")},
        {"pressure.memory_mib", Number, 64, 1 << 20, QT_TR_NOOP(" MiB"),
         QT_TR_NOOP("Memory of the service"),
         QT_TR_NOOP("Above it the service stops reading what clients send.")},
        {"pressure.disk_percent_backfill", Number, 0, 90, QT_TR_NOOP(" %"),
         QT_TR_NOOP("No imports below free"), QT_TR_NOOP("Of the disk that holds the data.")},
        {"pressure.disk_percent_enrichment", Number, 0, 90, QT_TR_NOOP(" %"),
         QT_TR_NOOP("No enrichment below free"), QT_TR_NOOP("Of the disk that holds the data.")},
        {"pressure.disk_percent_acquisition", Number, 0, 90, QT_TR_NOOP(" %"),
         QT_TR_NOOP("Nothing is fetched below free"),
         QT_TR_NOOP("Of the disk that holds the data.")},
    };

    static constexpr SettingPage kPages[] = {
        {QT_TR_NOOP("Sources"), kSources}, {QT_TR_NOOP("Briefings and alerts"), kBriefings},
        {QT_TR_NOOP("Oracle"), kOracle},   {QT_TR_NOOP("Chain"), kChain},
        {QT_TR_NOOP("Limits"), kLimits},
    };
};

} // namespace

std::span<const SettingPage> settingPages()
{
    return SettingTexts::kPages;
}

} // namespace chrona::ui
