// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/setting_rows.h"

#include <QtGlobal>

#define CHRONA_TEXT(text) QT_TRANSLATE_NOOP("chrona::ui::SettingsDialog", text)

namespace chrona::ui {

namespace {

using enum SettingKind;

constexpr SettingRow kSources[] = {
    {"sources.live", Flag, 0, 0, "", CHRONA_TEXT("Ask live sources"),
     CHRONA_TEXT("Off: nothing is fetched, and what is stored stays.")},
    {"sources.contact", Text, 0, 0, "", CHRONA_TEXT("Contact address"),
     CHRONA_TEXT("Some sources want to know by e-mail address who asks.")},
    {"stories.days", Number, 1, 4'000, CHRONA_TEXT(" days"), CHRONA_TEXT("Stories"),
     CHRONA_TEXT("Reports of so many days are kept grouped into stories.")},
};

constexpr SettingRow kBriefings[] = {
    {"briefing.hour", Number, 0, 23, CHRONA_TEXT(" h"), CHRONA_TEXT("Daily briefing at"),
     CHRONA_TEXT("In the time of this computer; made up for after sleep.")},
    {"alerts.quiet_from_hour", Number, 0, 23, CHRONA_TEXT(" h"), CHRONA_TEXT("Quiet from"),
     CHRONA_TEXT("Alerts wait until the quiet hours are over.")},
    {"alerts.quiet_until_hour", Number, 0, 23, CHRONA_TEXT(" h"), CHRONA_TEXT("Quiet until"),
     CHRONA_TEXT("The same hour in both: never quiet.")},
};

constexpr SettingRow kOracle[] = {
    {"oracle.live", Flag, 0, 0, "", CHRONA_TEXT("Ask trading venues"),
     CHRONA_TEXT("Off: the sample world's ticks are priced, where it is loaded.")},
    {"oracle.feeds", Text, 0, 0, "", CHRONA_TEXT("Feeds"),
     CHRONA_TEXT("Pairs with blanks between, at most 64.")},
    {"oracle.venues", Text, 0, 0, "", CHRONA_TEXT("Venues"),
     CHRONA_TEXT("Empty: all that there are.")},
    {"oracle.deviation_bps", Number, 1, 10'000, CHRONA_TEXT(" bp"),
     CHRONA_TEXT("Alert when a venue deviates by"),
     CHRONA_TEXT("From the consensus, while it is left out.")},
    {"oracle.disagreement_bps", Number, 1, 10'000, CHRONA_TEXT(" bp"),
     CHRONA_TEXT("Alert when venues disagree by"),
     CHRONA_TEXT("Half the width of the confidence band.")},
    {"oracle.thin_sources", Number, 0, 60, "", CHRONA_TEXT("Alert at so few sound venues"),
     CHRONA_TEXT("Of one feed.")},
};

constexpr SettingRow kChain[] = {
    {"flare.network", Text, 0, 0, "", CHRONA_TEXT("Network"),
     CHRONA_TEXT("coston2, coston, songbird or flare.")},
    {"flare.identity", Text, 0, 0, "", CHRONA_TEXT("Identity address"),
     CHRONA_TEXT("Of the provider whose rounds are told. Keys stay in the signer.")},
    {"flare.rpc", Text, 0, 0, "", CHRONA_TEXT("Nodes"),
     CHRONA_TEXT("Addresses with blanks between; empty: the network's public one.")},
    {"flare.values", Text, 0, 0, "", CHRONA_TEXT("Value provider"),
     CHRONA_TEXT("Address of the one whose prices are submitted.")},
    {"flare.this_machine", Flag, 0, 0, "", CHRONA_TEXT("Allow this machine"),
     CHRONA_TEXT("Nodes and value providers on this computer may be asked.")},
    {"flare.fee_max_milli", Number, 1, 1'000'000, "", CHRONA_TEXT("Most that a transaction costs"),
     CHRONA_TEXT("In thousandths of the network's coin.")},
};

constexpr SettingRow kLimits[] = {
    {"jobs.workers", Number, 1, 16, "", CHRONA_TEXT("Background jobs at once"),
     CHRONA_TEXT("After the next start of the service.")},
    {"maintenance.minutes", Number, 1, 1'440, CHRONA_TEXT(" min"), CHRONA_TEXT("Upkeep every"),
     CHRONA_TEXT("Partitions and retention.")},
    {"pressure.memory_mib", Number, 64, 1 << 20, CHRONA_TEXT(" MiB"),
     CHRONA_TEXT("Memory of the service"),
     CHRONA_TEXT("Above it the service stops reading what clients send.")},
    {"pressure.disk_percent_backfill", Number, 0, 90, CHRONA_TEXT(" %"),
     CHRONA_TEXT("No imports below free"), CHRONA_TEXT("Of the disk that holds the data.")},
    {"pressure.disk_percent_enrichment", Number, 0, 90, CHRONA_TEXT(" %"),
     CHRONA_TEXT("No enrichment below free"), CHRONA_TEXT("Of the disk that holds the data.")},
    {"pressure.disk_percent_acquisition", Number, 0, 90, CHRONA_TEXT(" %"),
     CHRONA_TEXT("Nothing is fetched below free"),
     CHRONA_TEXT("Of the disk that holds the data.")},
};

constexpr SettingPage kPages[] = {
    {CHRONA_TEXT("Sources"), kSources}, {CHRONA_TEXT("Briefings and alerts"), kBriefings},
    {CHRONA_TEXT("Oracle"), kOracle},   {CHRONA_TEXT("Chain"), kChain},
    {CHRONA_TEXT("Limits"), kLimits},
};

} // namespace

std::span<const SettingPage> settingPages()
{
    return kPages;
}

} // namespace chrona::ui
