// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plain_map.h"

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "shell/commands.h"
#include "shell/main_window.h"

#include <QAction>
#include <QDir>
#include <QMenu>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// What the guides say of keys and menus is so in the program.
class TestGuides : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_window.reset(); }
    void keysOfWhatIsNamed();
    void everyKeyDoesSomething();
    void menuLinesAreThere();

private:
    /// What each guide has of this, with the guide's name before it.
    [[nodiscard]] QList<std::pair<QString, QRegularExpressionMatch>>
    found(const QString &pattern) const;
    [[nodiscard]] bool isThere(const auto &check) const
    {
        return std::ranges::any_of(m_window->commands().all(), check);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
    Theme m_theme;
    std::unique_ptr<workspace::Session> m_session;
    std::unique_ptr<MainWindow> m_window;
    QList<std::pair<QString, QString>> m_guides; ///< name and text
};

void TestGuides::initTestCase()
{
    m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"window.ini"_s), QSettings::IniFormat);
    workspace::SessionOptions options;
    options.dataFolder = m_folder.path().toStdString();
    m_session = std::make_unique<workspace::Session>(options);
    m_window = std::make_unique<MainWindow>(*m_session, m_theme, *m_settings, test::plainMap);
    const QDir folder(QStringLiteral(CHRONA_GUIDES));
    for (const QString &name : folder.entryList({u"*.md"_s})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        m_guides.emplaceBack(name, QString::fromUtf8(file.readAll()));
    }
    QVERIFY(m_guides.size() > 10);
}

QList<std::pair<QString, QRegularExpressionMatch>> TestGuides::found(const QString &pattern) const
{
    QList<std::pair<QString, QRegularExpressionMatch>> all;
    const QRegularExpression expression(pattern);
    for (const auto &[name, text] : m_guides)
        for (const QRegularExpressionMatch &match : expression.globalMatch(text))
            all.emplaceBack(u"%1: %2"_s.arg(name, match.captured()), match);
    return all;
}

/// "the perspective **Graph** (Ctrl+3".
void TestGuides::keysOfWhatIsNamed()
{
    const auto named = found(uR"(([A-Z][a-z]+)\*{0,2} \((Ctrl\+[A-Za-z0-9+]+))"_s);
    QVERIFY(named.size() >= 4);
    for (const auto &[where, match] : named)
        QVERIFY2(isThere([&match](const QAction *action) {
                     return Commands::plainText(*action) == match.captured(1) &&
                            action->shortcut() == QKeySequence(match.captured(2));
                 }),
                 qPrintable(where));
}

void TestGuides::everyKeyDoesSomething()
{
    for (const auto &[where, match] : found(uR"(Ctrl\+(?:Shift\+|Alt\+)*[A-Z0-9+-](?![a-z]))"_s))
        QVERIFY2(isThere([&match](const QAction *action) {
                     return action->shortcuts().contains(QKeySequence(match.captured()));
                 }),
                 qPrintable(where));
}

/// "Research › Exposures: what moves what…", "Read an investigation's file… (menu Case)".
void TestGuides::menuLinesAreThere()
{
    const auto lines = found(uR"((File|Edit|View|Time|Data|Case|Research) › ([^*.,…]+))"_s);
    const auto isIn = [this](const QString &title, const QString &line) {
        for (const QMenu *menu : m_window->findChildren<QMenu *>())
            if (menu->title() == title)
                for (const QAction *action : menu->actions())
                    if (Commands::plainText(*action).startsWith(line))
                        return true;
        return false;
    };
    QVERIFY(lines.size() >= 3);
    for (const auto &[where, match] : lines)
        QVERIFY2(isIn(match.captured(1), match.captured(2).trimmed()), qPrintable(where));
    const auto named = found(uR"(([A-Z][^|(.]*)… \(menu ([A-Z][a-z]+)\))"_s);
    QVERIFY(named.size() >= 2);
    for (const auto &[where, match] : named)
        QVERIFY2(isIn(match.captured(2), match.captured(1)), qPrintable(where));
}

QTEST_MAIN(TestGuides)
#include "tst_guides.moc"
