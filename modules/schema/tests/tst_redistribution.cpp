// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/schema/redistribution.h"

#include <QTest>

using namespace chrona;
using namespace chrona::schema;

namespace {

Source named(const char *key, Redistribution redistribution, IngestMode mode = IngestMode::Full)
{
    Source source;
    source.key = key;
    source.id = sourceIdFor(key);
    source.name = std::string("The ") + key;
    source.redistribution = redistribution;
    source.mode = mode;
    source.attribution = std::string("by ") + key;
    return source;
}

} // namespace

class TestRedistribution : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void termsDecide();
    void gateCountsWhatStays();
    void whatIsOurOwnMayLeave();
    void attributionsGoAlong();
};

void TestRedistribution::termsDecide()
{
    QVERIFY(!withheldBy(named("open", Redistribution::Allowed)));
    QVERIFY(!withheldBy(named("named", Redistribution::WithAttribution)));
    QVERIFY(withheldBy(named("closed", Redistribution::Forbidden)) == Withheld::TermsForbid);
    QVERIFY(withheldBy(named("own", Redistribution::Forbidden, IngestMode::OwnKeyLocal)) ==
            Withheld::OwnUseOnly);
    QVERIFY2(withheldBy(static_cast<Redistribution>(77)), "an unknown rule allows nothing");
}

void TestRedistribution::gateCountsWhatStays()
{
    const std::vector<Source> registry{
        named("open", Redistribution::Allowed), named("closed", Redistribution::Forbidden),
        named("own", Redistribution::Forbidden, IngestMode::OwnKeyLocal)};
    ExportGate gate(registry);
    QVERIFY(gate.admits(sourceIdFor("open")));
    QVERIFY(!gate.admits(sourceIdFor("closed")));
    QVERIFY(!gate.admits(sourceIdFor("closed")));
    QVERIFY(!gate.admits(sourceIdFor("own")));
    QVERIFY(!gate.admits(sourceIdFor("stranger")));
    const auto stayed = gate.stayed();
    QCOMPARE(stayed.size(), std::size_t{3});
    QCOMPARE(ExportGate::sentence(stayed[0]),
             std::string("2 of The closed (closed): its terms do not let it be passed on"));
    QCOMPARE(ExportGate::sentence(stayed[1]),
             std::string("1 of The own (own): it was fetched with your own key, for your own use"));
    QCOMPARE(ExportGate::sentence(stayed[2]),
             std::string("1 of a source without an entry: its terms are not known here"));
}

void TestRedistribution::whatIsOurOwnMayLeave()
{
    ExportGate gate({});
    QVERIFY(gate.admits({}));
    QVERIFY(gate.stayed().empty());
}

void TestRedistribution::attributionsGoAlong()
{
    const std::vector<Source> registry{named("b", Redistribution::WithAttribution),
                                       named("a", Redistribution::WithAttribution),
                                       named("closed", Redistribution::Forbidden)};
    ExportGate gate(registry);
    QVERIFY(gate.attributions().empty());
    QVERIFY(gate.admits(sourceIdFor("b")) && gate.admits(sourceIdFor("a")));
    QVERIFY(!gate.admits(sourceIdFor("closed")));
    QCOMPARE(gate.attributions(), (std::vector<std::string>{"by a", "by b"}));
}

QTEST_GUILESS_MAIN(TestRedistribution)
#include "tst_redistribution.moc"
