// SPDX-License-Identifier: AGPL-3.0-or-later
#include "brief_world.h"

#include "chrona/briefing/moves.h"
#include "chrona/schema/entity.h"

#include <QTest>

using namespace chrona;
using namespace chrona::briefing;
using namespace chrona::briefing::testing;
using schema::SectionKind;

class TestDaily : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sectionsComeInTheOrderOfTheQuestions()
    {
        BriefWorld world;
        std::vector<SectionKind> kinds;
        for (const schema::Section &section : world.told().sections)
            kinds.push_back(section.kind);
        const std::vector<SectionKind> wanted{SectionKind::Headline, SectionKind::Markets,
                                              SectionKind::Causes,   SectionKind::Signals,
                                              SectionKind::Episodes, SectionKind::Calendar,
                                              SectionKind::Changes,  SectionKind::DataHealth};
        QVERIFY(kinds == wanted);
    }

    void theLargestMovesAreSaidToTheDigit()
    {
        BriefWorld world;
        const std::string text = textOf(world.told(), SectionKind::Markets);
        QVERIFY2(text.contains("S&P 500 fell 5.00\u00A0% to 1,900.00"), text.c_str());
        QVERIFY2(text.contains("10-year Treasury fell 25\u00A0bp to 2.75\u00A0%"), text.c_str());
    }

    void everyClaimHasEvidenceWithACitation()
    {
        BriefWorld world;
        world.addEvent(schema::EventType::RateDecision, "A decision", at("2018-06-05T18:00:00Z"));
        const schema::Briefing briefing = world.told();
        QVERIFY(!briefing.citations.empty());
        const auto faults = schema::validate(briefing);
        QVERIFY2(faults.empty(), schema::describe(faults).c_str());
    }

    void aStopEndsItAtTheStepThatIsDone()
    {
        BriefWorld world;
        std::stop_source stop;
        Steps watched({}, {});
        BriefingInputs inputs = world.given();
        inputs.steps = &watched;
        QVERIFY(dailyBriefing(inputs));
        QCOMPARE(watched.count(), kDailySteps);

        constexpr std::size_t kStoppedAt = 3;
        Steps stopped(stop.get_token(), [&](std::size_t done, std::size_t) {
            if (done == kStoppedAt)
                stop.request_stop();
        });
        stopped.expect(kDailySteps);
        inputs.steps = &stopped;
        const auto told = dailyBriefing(inputs);
        QVERIFY(!told && told.error().code == ErrorCode::Cancelled);
        QCOMPARE(stopped.count(), kStoppedAt);
        QVERIFY2(told.error().what.contains("step 3 of 8"), told.error().what.c_str());
    }

    void theSameInputsMakeTheSameDocument()
    {
        BriefWorld one, other;
        for (BriefWorld *world : {&one, &other}) {
            world->addEvent(schema::EventType::Conflict, "First", at("2018-06-05T10:00:00Z"));
            world->addEvent(schema::EventType::Conflict, "Second", at("2018-06-05T11:00:00Z"));
        }
        std::ranges::reverse(other.events);
        QVERIFY(one.told() == other.told());
    }

    void nothingThatCameLaterMatters()
    {
        BriefWorld world;
        world.addEvent(schema::EventType::Conflict, "Known", at("2018-06-05T10:00:00Z"));
        const schema::Briefing before = world.told();
        world.addEvent(schema::EventType::RateDecision, "Tomorrow", at("2018-06-06T10:00:00Z"));
        schema::Event &late =
            world.addEvent(schema::EventType::RateDecision, "Late", at("2018-06-05T12:00:00Z"));
        late.times.ingestedAt = at("2018-06-05T22:00:01Z");
        schema::Event revised = world.events.front();
        revised.revision = 2;
        revised.title = "Known better";
        revised.times.ingestedAt = at("2018-06-06T09:00:00Z");
        world.events.push_back(revised);
        for (TargetSeries &target : world.targets) {
            // A later vintage of the day itself, and another day.
            target.days.push_back(world.inputs.day);
            target.values.push_back(1);
            target.knownAt.push_back(at("2018-06-06T12:00:00Z"));
            target.days.push_back(day("2018-06-06"));
            target.values.push_back(2);
            target.knownAt.push_back(at("2018-06-06T20:00:00Z"));
        }
        schema::Signal signal;
        signal.id = {7};
        signal.novelty.elevated = true;
        signal.dataUntil = signal.computedAt = at("2018-06-06T00:00:00Z");
        const schema::Briefing after = world.told();
        QVERIFY(before.sections == after.sections);
        QVERIFY(before.citations == after.citations);
    }

    void watchlistTellsWhatReachesIt_data()
    {
        QTest::addColumn<QString>("watched");
        QTest::addColumn<QString>("said");
        QTest::newRow("by a path of the graph") << "instrument:SPX"
                                                << "A decision (relevance";
        QTest::newRow("nothing reaches what nothing leads to")
            << "country:NZ"
            << "Nothing that happened reached what is watched.";
        QTest::newRow("nobody watches: no section") << ""
                                                    << "";
    }

    void watchlistTellsWhatReachesIt()
    {
        QFETCH(QString, watched);
        QFETCH(QString, said);
        BriefWorld world;
        world.addEvent(schema::EventType::RateDecision, "A decision", at("2018-06-05T18:00:00Z"));
        world.addEvent(schema::EventType::RateDecision, "Known later", at("2018-06-05T23:00:00Z"));
        std::vector<std::string> nodes{watched.toStdString(), "class:broad"};
        if (!watched.contains(u"SPX"))
            nodes.pop_back();
        if (!watched.isEmpty())
            world.inputs.watched = nodes;
        const std::string text = textOf(world.told(), schema::SectionKind::Watchlist);
        QVERIFY2(text.contains(said.toStdString()), text.c_str());
        QVERIFY(said.isEmpty() == text.empty());
        QVERIFY(!text.contains("Known later"));
    }

    void causes_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("said");
        const int decision = int(schema::EventType::RateDecision);
        QTest::newRow("an exposed and severe event during the move may have mattered")
            << decision << "2018-06-05T18:00:00Z"
            << "“The event” (during the move) may have mattered";
        QTest::newRow("the same event after the close cannot be a cause")
            << decision << "2018-06-05T20:30:00Z"
            << "no convincing cause found among 1 event";
        QTest::newRow("a quake in the sea has no path to the index")
            << int(schema::EventType::Earthquake) << "2018-06-05T18:00:00Z"
            << "no convincing cause found among 1 event";
    }

    void causes()
    {
        QFETCH(int, type);
        QFETCH(QString, when);
        QFETCH(QString, said);
        BriefWorld world;
        world.addEvent(schema::EventType(type), "The event", at(when.toStdString().c_str()));
        const std::string text = textOf(world.told(), SectionKind::Causes);
        QVERIFY2(text.contains(said.toStdString()), text.c_str());
    }

    void daysThatWereLikeAllDaysWeakenACause()
    {
        BriefWorld world;
        for (int month = 1; month <= 12; ++month)
            world.addEvent(schema::EventType::RateDecision, "Earlier",
                           at(std::format("2017-{:02}-14T18:00:00Z", month).c_str()));
        world.addEvent(schema::EventType::RateDecision, "The event", at("2018-06-05T18:00:00Z"));
        const std::string text = textOf(world.told(), SectionKind::Causes);
        QVERIFY2(text.contains("On 12 earlier days with such an event"), text.c_str());
        QVERIFY2(text.contains("response 0.50"), text.c_str());
    }

    void aDayWithoutTrading_data()
    {
        QTest::addColumn<QString>("date");
        QTest::addColumn<QString>("reason");
        QTest::newRow("a holiday is named") << "2018-05-28"
                                            << "Memorial Day";
        QTest::newRow("so is a weekend") << "2018-06-02"
                                         << "weekend";
    }

    void aDayWithoutTrading()
    {
        QFETCH(QString, date);
        QFETCH(QString, reason);
        BriefWorld world;
        world.inputs.day = day(date.toStdString().c_str());
        world.inputs.knownAt = Instant(world.inputs.day) + std::chrono::hours(22);
        const schema::Briefing briefing = world.told();
        const std::string text = textOf(briefing, SectionKind::Markets);
        QVERIFY2(text.contains("No target has a value for"), text.c_str());
        QVERIFY2(text.contains(reason.toStdString()), text.c_str());
        QVERIFY(schema::validate(briefing).empty());
    }

    void nothingAtAllMakesAShortBriefing()
    {
        BriefWorld world;
        world.targets.clear();
        world.sources.clear();
        const schema::Briefing briefing = world.told();
        QVERIFY(schema::validate(briefing).empty());
        QVERIFY(hasStatement(briefing, "No target has a value"));
        QVERIFY(hasStatement(briefing, "No event is known"));
        QVERIFY(hasStatement(briefing, "No source is registered"));
    }

    void aMissingValueIsNotAMove()
    {
        BriefWorld world;
        world.targets[2].values.pop_back();
        world.targets[2].days.pop_back();
        world.targets[2].knownAt.pop_back();
        const std::string text = textOf(world.told(), SectionKind::Markets);
        QVERIFY2(text.contains("on 4 June 2018): no value of the day was known"), text.c_str());
        QVERIFY(!text.contains("WTI crude rose") && !text.contains("WTI crude fell"));
    }

    void aSplitIsNoMove()
    {
        BriefWorld world;
        world.targets[0].values.back() =
            world.targets[0].values[world.targets[0].values.size() - 2] / 2;
        const std::string split = textOf(world.told(), SectionKind::Markets);
        QVERIFY2(split.contains("as in a split that nothing confirms"), split.c_str());
        QVERIFY(!split.contains("S&P 500 fell"));
        // Adjusted, the same quote is a rise of one per cent.
        world.targets[0].adjusted = world.targets[0].values;
        world.targets[0].adjusted.back() =
            world.targets[0].values[world.targets[0].values.size() - 2] * 1.01;
        const std::string adjusted = textOf(world.told(), SectionKind::Markets);
        QVERIFY2(adjusted.contains("S&P 500 rose 1.00\u00A0%"), adjusted.c_str());
    }

    void aSourceThatIsDownIsNamed()
    {
        BriefWorld world;
        schema::SourceHealth health;
        health.source = world.sources[0].id;
        health.state = schema::SourceState::Failing;
        health.failuresInRow = 1;
        health.lastSuccessAt = at("2018-06-04T09:00:00Z");
        world.health = {health};
        const std::string text = textOf(world.told(), SectionKind::DataHealth);
        QVERIFY2(
            text.contains("Test prices fails (1 attempt in a row); it last delivered on 4 June "
                          "2018, 09:00 UTC"),
            text.c_str());
    }

    void whatChangedIsToldOnce()
    {
        BriefWorld world;
        const schema::Briefing yesterday = world.told();
        world.inputs.previous = &yesterday;
        QVERIFY(hasStatement(world.told(), "The same subjects as in the briefing of 5 June 2018."));
        world.targets.pop_back();
        const std::string text = textOf(world.told(), SectionKind::Changes);
        QVERIFY2(text.contains("No longer told: WTI crude"), text.c_str());
    }

    void upcomingTellsPreviousAndConsensus()
    {
        BriefWorld world;
        schema::Event &event = world.addEvent(schema::EventType::CalendarEntry, "Payrolls",
                                              at("2018-06-08T12:30:00Z"));
        event.times.ingestedAt = at("2018-06-01T00:00:00Z");
        schema::set(event.attributes, "previous", 164.0);
        schema::set(event.attributes, "unit", std::string("k"));
        const schema::Briefing briefing = world.told();
        bool found = false;
        for (const schema::Block &block : briefing.sections[5].blocks) {
            const auto *table = std::get_if<schema::Table>(&block);
            if (table == nullptr)
                continue;
            found = true;
            QCOMPARE(std::get<std::string>(table->rows[0].cells[2]), std::string("164.00\u00A0k"));
            QCOMPARE(std::get<std::string>(table->rows[0].cells[3]), std::string("not known"));
        }
        QVERIFY(found);
    }

    void hostileTitlesAreOneCleanLine()
    {
        BriefWorld world;
        world.addEvent(schema::EventType::Conflict, "A\nb\u202Ec\x07\xFF<script>",
                       at("2018-06-05T10:00:00Z"));
        const schema::Briefing briefing = world.told();
        QVERIFY(schema::validate(briefing).empty());
        QVERIFY(std::ranges::any_of(briefing.citations, [](const schema::Citation &citation) {
            return citation.label == "A bc\uFFFD<script>";
        }));
    }

    void refusals()
    {
        BriefWorld world;
        world.targets[0].values.pop_back();
        QVERIFY(!dailyBriefing(world.given()));
        BriefWorld twice;
        twice.targets[1].symbol = "SPX";
        QVERIFY(!dailyBriefing(twice.given()));
        BriefWorld early;
        early.inputs.knownAt = at("2018-06-04T00:00:00Z");
        QVERIFY(!dailyBriefing(early.given()));
        BriefWorld world2;
        QVERIFY(!explainMove(world2.given(), "NOBODY"));
        QVERIFY(explainMove(world2.given(), "SPX").has_value());
    }

    void aStretchOfDaysIsExplained()
    {
        BriefWorld world;
        world.addEvent(schema::EventType::RateDecision, "Cut", at("2018-05-31T18:00:00Z"));
        const auto told = explainedMove(world.given(), "SPX", day("2018-05-29"));
        QVERIFY2(told, told ? "" : told.error().what.c_str());
        QCOMPARE(told->sections.size(), std::size_t(1));
        const std::string text = textOf(*told, SectionKind::Causes);
        QVERIFY2(text.contains("measured from the value of 29 May 2018"), text.c_str());
        // Five sessions: the unit grows with their root.
        const TargetSeries &target = world.targets[0];
        const KnownColumn column =
            knownColumn(target, day("2018-06-05"), world.given().knownAt, {});
        const Move stretch = measureStretch(target, column, day("2018-05-29"), {});
        const Move last = measureMove(target, column, day("2018-06-05"), {});
        QCOMPARE(formatDate(stretch.before), std::string("2018-05-29"));
        QVERIFY(std::abs(stretch.sigma) < std::abs(last.sigma));
        // What happened within the stretch stands as a candidate; of the day alone it is before it.
        const auto candidates = [](const schema::Briefing &briefing) {
            const auto &blocks = briefing.sections[0].blocks;
            const auto *table = std::get_if<schema::Table>(&blocks.back());
            return table ? std::get<std::string>(table->rows.at(0).cells.at(2)) : std::string();
        };
        QCOMPARE(candidates(*told), std::string("during the move"));
        QVERIFY(explainedMove(world.given(), "SPX", day("2018-06-05")).error().code ==
                ErrorCode::InvalidInput);
        QVERIFY(explainedMove(world.given(), "SPX", day("1990-01-01")).error().code ==
                ErrorCode::NotFound);
        QVERIFY(explainedMove(world.given(), "NOBODY", {}).error().code == ErrorCode::NotFound);
    }

    void relevanceExplainsItself()
    {
        const auto graph = ExposureGraph::withDefaults({});
        QVERIFY(graph.has_value());
        const std::vector<std::string> ends{"sector:energy"};
        const auto path = graph->reachOf(ends).from(schema::entityIdFor("country:SA"));
        // Saudi Arabia → Middle East → crude oil → energy.
        QCOMPARE(path.steps.size(), std::size_t(3));
        QCOMPARE(path.weight, 1.0 * 0.8 * 0.9);
        const std::vector<ExposureRule> bad{{"a", "b", 1.5, ""}};
        QVERIFY(!ExposureGraph::from(bad));
        const std::vector<ExposureRule> own{{"country:SA", "region:middle_east", 0, "not for me"}};
        QCOMPARE(ExposureGraph::withDefaults(own)
                     ->reachOf(ends)
                     .from(schema::entityIdFor("country:SA"))
                     .weight,
                 0.0);
    }
};

QTEST_APPLESS_MAIN(TestDaily)
#include "tst_daily.moc"
