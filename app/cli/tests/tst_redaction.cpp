// SPDX-License-Identifier: AGPL-3.0-or-later
#include "redaction.h"

#include <QTest>

using namespace Qt::StringLiterals;
using chrona::cli::Redaction;

class TestRedaction : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleans_data();
    void cleans();
};

void TestRedaction::cleans_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &given, const QString &expected) {
        QTest::newRow(name) << given << expected;
    };
    row("plain words stay", u"stored 12 events in 3 ms"_s, u"stored 12 events in 3 ms"_s);
    row("the home folder", u"open /home/ada/x.csv"_s, u"open <home>/x.csv"_s);
    row("the user's name", u"peer ada"_s, u"peer <user>"_s);
    row("a password in an address", u"postgresql://bob:hunter2@db/x"_s,
        u"postgresql://<redacted>@db/x"_s);
    row("a password in a connection string", u"host=db password=hunter2 user=x"_s,
        u"host=db password=<redacted> user=x"_s);
    row("a key in an address", u"https://x/y?api_key=abc123&z=1"_s,
        u"https://x/y?api_key=<redacted>&z=1"_s);
    row("a token in JSON", u"{\"token\": \"abc\"}"_s, u"{\"token\": \"<redacted>\"}"_s);
    row("a mail address", u"contact bob.l@example.org now"_s, u"contact <mail> now"_s);
    row("a long hexadecimal run", u"id 0123456789abcdef0123456789abcdef end"_s, u"id <hex> end"_s);
}

void TestRedaction::cleans()
{
    QFETCH(QString, given);
    QFETCH(QString, expected);
    const Redaction redaction({{"/home/ada", "<home>"}, {"ada", "<user>"}});
    QCOMPARE(QString::fromStdString(redaction.clean(given.toStdString())), expected);
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
