// SPDX-License-Identifier: AGPL-3.0-or-later
#include "stats_cases.h"
#include "stats_checkers.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona::cli;
using chrona::conformance::caseValueOf;

namespace {

QString folder()
{
    return QStringLiteral(CHRONA_SHARED_DIR "/vectors/stats");
}

CaseValue fileOf(const QString &name)
{
    QFile file(folder() + u'/' + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return caseValueOf(QJsonDocument::fromJson(file.readAll()).object());
}

/// The same file with the first number of a named output of its first case changed.
CaseValue damaged(CaseValue file, std::string_view output)
{
    for (auto &[name, value] : std::get<CaseValue::Members>(file.value)) {
        if (name != "cases")
            continue;
        auto &first = std::get<CaseValue::List>(value.value).front();
        for (auto &[member, content] : std::get<CaseValue::Members>(first.value)) {
            if (member != output)
                continue;
            const auto *list = std::get_if<CaseValue::List>(&content.value);
            content.value = (list ? list->front() : content).number() + 0.01;
        }
    }
    return file;
}

} // namespace

class TestStatsVectors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFileIsKnown()
    {
        const QStringList names = QDir(folder()).entryList({u"*.json"_s}, QDir::Files);
        QVERIFY2(names.size() >= 13, "the folder of test vectors is missing or not complete");
        for (const QString &name : names)
            QVERIFY2(isStatsCaseFile(name.toStdString()), qPrintable(name));
    }

    void everyCasePasses_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : QDir(folder()).entryList({u"*.json"_s}, QDir::Files))
            QTest::newRow(qPrintable(name)) << name;
    }

    void everyCasePasses()
    {
        QFETCH(QString, name);
        const auto verdicts = runStatsCases(name.toStdString(), fileOf(name));
        QVERIFY(!verdicts.empty());
        for (const auto &verdict : verdicts)
            QVERIFY2(verdict.empty(), verdict.c_str());
    }

    void wrongExpectationsAreNoticed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("output");
        QTest::newRow("an adjusted p") << u"fdr.json"_s << u"bh"_s;
        QTest::newRow("a correlation") << u"correlation.json"_s << u"pearson"_s;
        QTest::newRow("a slope") << u"hac.json"_s << u"slope"_s;
        QTest::newRow("a bootstrap error")
            << u"stationary_bootstrap.json"_s << u"exact_se_of_mean"_s;
        QTest::newRow("a fold") << u"folds.json"_s << u"edges"_s;
    }

    void wrongExpectationsAreNoticed()
    {
        QFETCH(QString, name);
        QFETCH(QString, output);
        const auto verdicts =
            runStatsCases(name.toStdString(), damaged(fileOf(name), output.toStdString()));
        QVERIFY(!verdicts.front().empty());
        QCOMPARE(std::ranges::count_if(verdicts,
                                       [](const std::string &verdict) { return !verdict.empty(); }),
                 1);
    }

    void unknownOutputsAndEmptyFilesFail()
    {
        const CaseValue::Members item{{"p", {CaseValue::List{{0.5}}}}, {"new_method", {0.5}}};
        const CaseValue file{CaseValue::Members{{"cases", {CaseValue::List{{item}}}}}};
        for (const auto &verdicts : {runStatsCases("fdr.json", file), runStatsCases("fdr.json", {}),
                                     runStatsCases("unheard.json", file)}) {
            QCOMPARE(verdicts.size(), std::size_t{1});
            QVERIFY(!verdicts.front().empty());
        }
    }
};

QTEST_GUILESS_MAIN(TestStatsVectors)
#include "tst_stats_vectors.moc"
