// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/setting_rows.h"

#include <QCoreApplication>

namespace chrona::ui {

namespace {

struct NumberRange {
    int least, most;
    const char *suffix = "";
};

constexpr SettingRow flagRow(const char *key, const char *label, const char *text)
{
    return {key, SettingKind::Flag, 0, 0, "", label, text};
}

constexpr SettingRow lineRow(const char *key, const char *label, const char *text)
{
    return {key, SettingKind::Text, 0, 0, "", label, text};
}

constexpr SettingRow numberRow(const char *key, NumberRange range, const char *label,
                               const char *text)
{
    return {key, SettingKind::Number, range.least, range.most, range.suffix, label, text};
}

/// The translators' program sees through no macro of ours, so the texts stand in a class that has
/// the dialog's context.
struct SettingTexts {
    Q_DECLARE_TR_FUNCTIONS(chrona::ui::SettingsDialog)
public:
    static constexpr SettingRow kSources[] = {
        flagRow("sources.live", QT_TR_NOOP("Ask live sources"),
                QT_TR_NOOP("Off: nothing is fetched, and what is stored stays.")),
        lineRow("sources.contact", QT_TR_NOOP("Contact address"),
                QT_TR_NOOP("Some sources want to know by e-mail address who asks.")),
        numberRow("stories.days", {1, 4'000, QT_TR_NOOP(" days")}, QT_TR_NOOP("Stories"),
                  QT_TR_NOOP("Reports of so many days are kept grouped into stories.")),
    };

    static constexpr SettingRow kBriefings[] = {
        numberRow("briefing.hour", {0, 23, QT_TR_NOOP(" h")}, QT_TR_NOOP("Daily briefing at"),
                  QT_TR_NOOP("In the time of this computer; made up for after sleep.")),
        flagRow("briefing.model_words", QT_TR_NOOP("Words of a language model"),
                QT_TR_NOOP("In English, held against what was computed, and marked.")),
        lineRow("assist.ollama", QT_TR_NOOP("Ollama"),
                QT_TR_NOOP("Its address on this computer, http://127.0.0.1:11434; empty: none.")),
        lineRow("assist.model", QT_TR_NOOP("Language model"),
                QT_TR_NOOP("Its name there; it also suggests topics. Empty: none.")),
        numberRow("alerts.quiet_from_hour", {0, 23, QT_TR_NOOP(" h")}, QT_TR_NOOP("Quiet from"),
                  QT_TR_NOOP("Alerts wait until the quiet hours are over.")),
        numberRow("alerts.quiet_until_hour", {0, 23, QT_TR_NOOP(" h")}, QT_TR_NOOP("Quiet until"),
                  QT_TR_NOOP("The same hour in both: never quiet.")),
    };

    static constexpr SettingRow kOracle[] = {
        flagRow("oracle.live", QT_TR_NOOP("Ask trading venues"),
                QT_TR_NOOP("Off: the sample world's ticks are priced, where it is loaded.")),
        lineRow("oracle.feeds", QT_TR_NOOP("Feeds"),
                QT_TR_NOOP("Pairs with blanks between, at most 64.")),
        lineRow("oracle.venues", QT_TR_NOOP("Venues"), QT_TR_NOOP("Empty: all that there are.")),
        numberRow("oracle.deviation_bps", {1, 10'000, QT_TR_NOOP(" bp")},
                  QT_TR_NOOP("Alert when a venue deviates by"),
                  QT_TR_NOOP("From the consensus, while it is left out.")),
        numberRow("oracle.disagreement_bps", {1, 10'000, QT_TR_NOOP(" bp")},
                  QT_TR_NOOP("Alert when venues disagree by"),
                  QT_TR_NOOP("Half the width of the confidence band.")),
        numberRow("oracle.thin_sources", {0, 60}, QT_TR_NOOP("Alert at so few sound venues"),
                  QT_TR_NOOP("Of one feed.")),
    };

    static constexpr SettingRow kChain[] = {
        lineRow("flare.network", QT_TR_NOOP("Network"),
                QT_TR_NOOP("coston2, coston, songbird or flare.")),
        lineRow("flare.identity", QT_TR_NOOP("Identity address"),
                QT_TR_NOOP("Of the provider whose rounds are told. Keys stay in the signer.")),
        lineRow("flare.rpc", QT_TR_NOOP("Nodes"),
                QT_TR_NOOP("Addresses with blanks between; empty: the network's public one.")),
        lineRow("flare.values", QT_TR_NOOP("Value provider"),
                QT_TR_NOOP("Address of the one whose prices are submitted.")),
        flagRow("flare.this_machine", QT_TR_NOOP("Allow this machine"),
                QT_TR_NOOP("Nodes and value providers on this computer may be asked.")),
        numberRow("flare.fee_max_milli", {1, 1'000'000},
                  QT_TR_NOOP("Most that a transaction costs"),
                  QT_TR_NOOP("In thousandths of the network's coin.")),
    };

    static constexpr SettingRow kLimits[] = {
        numberRow("workstation.events_max", {1'000, 60'000'000}, QT_TR_NOOP("Events in memory"),
                  QT_TR_NOOP("The newest; older ones are read from the database. After the next "
                             "start of the service.")),
        numberRow("jobs.workers", {1, 16}, QT_TR_NOOP("Background jobs at once"),
                  QT_TR_NOOP("After the next start of the service.")),
        numberRow("maintenance.minutes", {1, 1'440, QT_TR_NOOP(" min")}, QT_TR_NOOP("Upkeep every"),
                  QT_TR_NOOP("Partitions and retention.")),
        numberRow("pressure.memory_mib", {64, 1 << 20, QT_TR_NOOP(" MiB")},
                  QT_TR_NOOP("Memory of the service"),
                  QT_TR_NOOP("Above it the service stops reading what clients send.")),
        numberRow("pressure.disk_percent_backfill", {0, 90, QT_TR_NOOP(" %")},
                  QT_TR_NOOP("No imports below free"),
                  QT_TR_NOOP("Of the disk that holds the data.")),
        numberRow("pressure.disk_percent_enrichment", {0, 90, QT_TR_NOOP(" %")},
                  QT_TR_NOOP("No enrichment below free"),
                  QT_TR_NOOP("Of the disk that holds the data.")),
        numberRow("pressure.disk_percent_acquisition", {0, 90, QT_TR_NOOP(" %")},
                  QT_TR_NOOP("Nothing is fetched below free"),
                  QT_TR_NOOP("Of the disk that holds the data.")),
    };

    static constexpr SettingRow kPlace[] = {
        lineRow("network.proxy", QT_TR_NOOP("Proxy"),
                QT_TR_NOOP("For all that is asked on the network: http://host:port or "
                           "socks5://host:port. Empty: none.")),
        lineRow("network.ca_file", QT_TR_NOOP("Own certificates"),
                QT_TR_NOOP("A file in PEM on this computer whose certificates are trusted beside "
                           "the system's.")),
        numberRow("tiles.cache_mib", {1, 100'000, QT_TR_NOOP(" MiB")},
                  QT_TR_NOOP("Tiles kept here"),
                  QT_TR_NOOP("Of servers of map tiles; the least used go first.")),
        numberRow("tiles.cache_days", {1, 3'650, QT_TR_NOOP(" days")}, QT_TR_NOOP("Tiles kept for"),
                  QT_TR_NOOP("Older ones are asked for again.")),
        numberRow("storage.budget_gib", {0, 100'000, QT_TR_NOOP(" GiB")},
                  QT_TR_NOOP("Most that the data take"),
                  QT_TR_NOOP("Above it nothing more is fetched or imported; 0: the whole disk.")),
    };

    static constexpr SettingPage kPages[] = {
        {QT_TR_NOOP("Sources"), kSources}, {QT_TR_NOOP("Briefings and alerts"), kBriefings},
        {QT_TR_NOOP("Oracle"), kOracle},   {QT_TR_NOOP("Chain"), kChain},
        {QT_TR_NOOP("Limits"), kLimits},   {QT_TR_NOOP("Network and storage"), kPlace},
    };
};

} // namespace

std::span<const SettingPage> settingPages()
{
    return SettingTexts::kPages;
}

} // namespace chrona::ui
