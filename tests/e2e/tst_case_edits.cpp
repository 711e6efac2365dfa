// SPDX-License-Identifier: AGPL-3.0-or-later
#include "programs.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

/// What a shell changes of an investigation that is there.
class TestCaseEdits : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_programs.startService()); }
    void shellEditsWhatIsThere();

private:
    [[nodiscard]] Ran run(QStringList words)
    {
        words.prepend(u"investigation"_s);
        return m_programs.chronactl(words, std::chrono::seconds(120));
    }

    Programs m_programs;
};

void TestCaseEdits::shellEditsWhatIsThere()
{
    const QString head = run({u"new"_s, u"Draft"_s}).out.trimmed();
    const QString pin =
        run({u"pin"_s, u"Draft"_s, u"region:JP"_s, u"--tag"_s, u"old"_s}).out.trimmed();
    const QString claim =
        run({u"note"_s, u"Draft"_s, u"It rains"_s, u"--hypothesis"_s, u"--for"_s, pin})
            .out.trimmed();
    QVERIFY(!head.isEmpty() && !pin.isEmpty() && !claim.isEmpty());
    QCOMPARE(run({u"edit"_s, u"Draft"_s, pin, u"--caption"_s, u"Where"_s, u"--tag"_s, u"b"_s,
                  u"--tag"_s, u"a"_s})
                 .code,
             0);
    QCOMPARE(run({u"edit"_s, u"Draft"_s, claim, u"--confidence"_s, u"0.9"_s, u"--text"_s, u"Much"_s,
                  u"--against"_s, pin})
                 .code,
             0);
    QCOMPARE(run({u"edit"_s, u"Draft"_s, head, u"--caption"_s, u"Final"_s, u"--question"_s,
                  u"Does it?"_s})
                 .code,
             0);
    const QJsonObject shown =
        QJsonDocument::fromJson(run({u"show"_s, u"Final"_s, u"--json"_s}).out.toUtf8()).object();
    int links = 0;
    for (const QJsonValue &value : shown[u"items"_s].toArray()) {
        const QJsonObject item = value.toObject();
        if (item[u"id"_s].toString() == pin) {
            QCOMPARE(item[u"title"_s].toString(), u"Where"_s);
            QCOMPARE(item[u"tags"_s].toArray(), (QJsonArray{u"a"_s, u"b"_s}));
        } else if (item[u"id"_s].toString() == claim) {
            QCOMPARE(item[u"text"_s].toString(), u"Much"_s);
            QVERIFY(qAbs(item[u"confidence"_s].toDouble() - 0.9) < 1e-6);
        } else if (item[u"kind"_s].toString() == u"link"_s) {
            ++links;
            QCOMPARE(item[u"bearing"_s].toString(), u"against"_s);
        }
    }
    QCOMPARE(links, 1); // turned, not doubled
    QVERIFY(run({u"edit"_s, u"Final"_s, u"7"_s}).code != 0);
}

QTEST_GUILESS_MAIN(TestCaseEdits)
#include "tst_case_edits.moc"
