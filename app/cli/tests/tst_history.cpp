// SPDX-License-Identifier: AGPL-3.0-or-later
#include "discover_files.h"
#include "history_conversion.h"
#include "input_folder.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::cli;

namespace {

class Folder : public InputFolder {
public:
    [[nodiscard]] Result<std::vector<std::string>> convert() const
    {
        return convertHistory(path(), m_out.path().toStdString());
    }
    [[nodiscard]] DiscoveryInput converted() const
    {
        if (const auto lines = convert(); !lines)
            qFatal("%s", describe(lines.error()).c_str());
        auto input = readDiscoveryFolder(m_out.path().toStdString());
        if (!input)
            qFatal("%s", describe(input.error()).c_str());
        return std::move(*input);
    }

private:
    QTemporaryDir m_out;
};

/// Monday to Friday, 8 to 12 January 2018.
Folder week()
{
    Folder folder;
    folder.write(u"market_daily.csv"_s, "date,wti_usd_bbl,vix_close\n"
                                        "2018-01-08,60,10\n2018-01-09,61,11\n2018-01-10,62,12\n"
                                        "2018-01-11,,13\n2018-01-12,64,oops\n");
    return folder;
}

std::size_t targetOf(const DiscoveryInput &input, std::string_view name)
{
    for (std::size_t j = 0; j < input.panel.targetCount(); ++j)
        if (input.panel.targetName(j) == name)
            return j;
    qFatal("no target %s", std::string(name).c_str());
}

std::size_t featureOf(const DiscoveryInput &input, std::string_view name)
{
    for (std::size_t f = 0; f < input.panel.featureCount(); ++f)
        if (input.panel.featureName(f) == name)
            return f;
    qFatal("no feature %s", std::string(name).c_str());
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pricesFixedEarlierStandAtTheNextFixing()
    {
        const auto input = week().converted();
        QCOMPARE(input.panel.dayCount(), std::size_t{5});
        const auto honest = input.panel.prices(targetOf(input, "wti_usd_bbl"));
        const auto printed = input.panel.prices(targetOf(input, "wti_usd_bbl.as_printed"));
        QCOMPARE(printed[0], 60.0);
        QCOMPARE(honest[0], 61.0);
        QCOMPARE(honest[2], 64.0); // Thursday has none
        QVERIFY(std::isnan(printed[3]) && std::isnan(honest[4]));
        const auto close = input.panel.prices(targetOf(input, "vix_close"));
        QCOMPARE(close[0], 10.0);
        QVERIFY(std::isnan(close[4])); // a field that is no number is none
    }

    void scheduledDaysAreKnownTheEveningBefore()
    {
        Folder folder = week();
        folder.write(u"fomc_decisions.csv"_s, "date,kind,change_bp,target_upper_pct\n"
                                              "2018-01-10,scheduled,25,1.5\n"
                                              "2018-01-12,unscheduled,-50,1\n");
        const auto input = folder.converted();
        const auto tomorrow = input.panel.known(featureOf(input, "fomc.scheduled_tomorrow"));
        QCOMPARE(tomorrow[1], 1.0);
        QCOMPARE(tomorrow[2], 0.0);
        QCOMPARE(tomorrow[3], 0.0); // nobody knew of Friday's
        QCOMPARE(input.panel.known(featureOf(input, "fomc.move"))[2], 25.0);
    }

    void releasesAreKnownWhenTheyComeOut()
    {
        Folder folder = week();
        folder.write(u"weekly_releases.csv"_s,
                     "series,week_ending,nominal_release_date,value\n"
                     "stocks,2017-12-29,2018-01-03,90\nstocks,2018-01-05,2018-01-10,100\n");
        const auto input = folder.converted();
        const auto known = input.panel.known(featureOf(input, "stocks.change"));
        QVERIFY(std::isnan(known[1]));
        QCOMPARE(known[2], 10.0);
    }

    void whatHappensOnAWeekendBelongsToMonday()
    {
        Folder folder;
        folder.write(u"market_daily.csv"_s, "date,vix_close\n2018-01-04,10\n2018-01-09,11\n");
        folder.write(u"earthquakes_x.csv"_s,
                     "time_utc,lat\n2018-01-04T01:00:00Z,1\n2018-01-06T01:00:00Z,1\n"
                     "2018-01-07T01:00:00Z,1\n2018-01-09T01:00:00Z,1\nyesterday,1\n");
        const auto input = folder.converted();
        const auto known = input.panel.known(featureOf(input, "quakes.count"));
        const std::vector<double> expected{1, 0, 2, 1};
        QVERIFY(std::ranges::equal(known, expected));
    }

    void foldersOfNoUseAreRefused()
    {
        Folder folder;
        const auto missing = folder.convert();
        QVERIFY(!missing && missing.error().code == ErrorCode::NotFound);
        folder.write(u"market_daily.csv.gz"_s, "x"); // no gzip
        QVERIFY(folder.convert().error().code == ErrorCode::InvalidInput);
        folder.write(u"market_daily.csv"_s, "date,a\n");
        QVERIFY(folder.convert().error().code == ErrorCode::InvalidInput);
    }
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
