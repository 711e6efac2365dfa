// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/settings_dialog.h"

#include "chrona/ui/languages.h"

#include <QCheckBox>
#include <QComboBox>
#include <QImageReader>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::ui;

/// Settings as a person meets them.
class TestSettingsDialog : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsEditableBeforeItIsKnown();
    void valuesAreShown();
    void changesAreToldOnce();
    void refusedChangeGoesBack();
    void moneyAndConsentAreNotOffered();
    void windowKeepsItsOwn();
    void everyFieldHasANameAndAnExplanation();
    void pagesFollowTheList();
    void arrowsAndTicksAreDrawn();
    void networkAndStorageAreOffered();

private:
    [[nodiscard]] std::unique_ptr<SettingsDialog> made()
    {
        auto dialog = std::make_unique<SettingsDialog>(m_theme, *m_settings, nullptr);
        dialog->setValues({{"sources.live", "false"},
                           {"sources.contact", "desk@example.org"},
                           {"briefing.hour", "7"},
                           {"something.new", "1"}});
        return dialog;
    }
    Theme m_theme;
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings =
        std::make_unique<QSettings>(m_folder.filePath(u"w.ini"_s), QSettings::IniFormat);
};

void TestSettingsDialog::nothingIsEditableBeforeItIsKnown()
{
    const SettingsDialog dialog(m_theme, *m_settings, nullptr);
    QVERIFY(!dialog.field(u"sources.live"_s)->isEnabled());
    QVERIFY(dialog.field(u"window.language"_s)->isEnabled());
}

void TestSettingsDialog::valuesAreShown()
{
    const auto dialog = made();
    QCOMPARE(dialog->value(u"sources.live"_s), u"false"_s);
    QCOMPARE(dialog->value(u"sources.contact"_s), u"desk@example.org"_s);
    QCOMPARE(dialog->value(u"briefing.hour"_s), u"7"_s);
    QVERIFY(dialog->field(u"briefing.hour"_s)->isEnabled());
    QVERIFY2(!dialog->field(u"oracle.live"_s)->isEnabled(), "an older service does not have it");
    QVERIFY(!dialog->field(u"something.new"_s));
}

void TestSettingsDialog::changesAreToldOnce()
{
    const auto dialog = made();
    QSignalSpy changed(dialog.get(), &SettingsDialog::changed);
    auto *live = qobject_cast<QCheckBox *>(dialog->field(u"sources.live"_s));
    live->click();
    QCOMPARE(changed.takeFirst(), (QVariantList{u"sources.live"_s, u"true"_s}));
    auto *contact = qobject_cast<QLineEdit *>(dialog->field(u"sources.contact"_s));
    contact->setText(u"new@example.org"_s);
    QCOMPARE(changed.count(), 0); // not while it is written
    Q_EMIT contact->editingFinished();
    Q_EMIT contact->editingFinished(); // Return, then the focus goes
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.takeFirst().at(1).toString(), u"new@example.org"_s);
    auto *hour = qobject_cast<QSpinBox *>(dialog->field(u"briefing.hour"_s));
    hour->setValue(9);
    QCOMPARE(changed.takeFirst(), (QVariantList{u"briefing.hour"_s, u"9"_s}));
    dialog->setValues({{"briefing.hour", "11"}}); // the service's own news
    QCOMPARE(changed.count(), 0);
}

void TestSettingsDialog::refusedChangeGoesBack()
{
    const auto dialog = made();
    auto *contact = qobject_cast<QLineEdit *>(dialog->field(u"sources.contact"_s));
    contact->setText(u"nobody"_s);
    Q_EMIT contact->editingFinished();
    dialog->setValues({{"sources.contact", "desk@example.org"}});
    dialog->showFailure(u"sources.contact"_s,
                        Error{ErrorCode::InvalidInput, "no address", {}, false});
    QCOMPARE(contact->text(), u"desk@example.org"_s);
    const auto labels = dialog->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
        return label->text().contains("no address"_L1) && !label->isHidden();
    }));
}

void TestSettingsDialog::moneyAndConsentAreNotOffered()
{
    const auto dialog = made();
    QVERIFY(!dialog->field(u"flare.mode"_s));
    QVERIFY(!dialog->field(u"flare.mainnet"_s));
    QVERIFY(dialog->field(u"flare.fee_max_milli"_s));
}

void TestSettingsDialog::windowKeepsItsOwn()
{
    const auto dialog = made();
    QSignalSpy looks(dialog.get(), &SettingsDialog::appearanceChosen);
    auto *look = qobject_cast<QComboBox *>(dialog->field(u"window.appearance"_s));
    Q_EMIT look->activated(2);
    QCOMPARE(looks.takeFirst().at(0).value<Appearance>(), Appearance::Light);
    auto *language = qobject_cast<QComboBox *>(dialog->field(u"window.language"_s));
    QCOMPARE(language->count(), 1 + spokenLanguages().size()); // the system's, and each catalog's
    language->setCurrentIndex(1);
    Q_EMIT language->activated(1);
    QCOMPARE(m_settings->value(u"window/language"_s).toString(), u"en"_s);
    const auto again = made();
    QCOMPARE(qobject_cast<QComboBox *>(again->field(u"window.language"_s))->currentIndex(), 1);
}

void TestSettingsDialog::everyFieldHasANameAndAnExplanation()
{
    const auto dialog = made();
    for (const SettingPage &page : settingPages())
        for (const SettingRow &row : page.rows) {
            const QWidget *field = dialog->field(QString::fromLatin1(row.key));
            QVERIFY2(field && !field->accessibleName().isEmpty() &&
                         !field->accessibleDescription().isEmpty(),
                     row.key);
        }
}

void TestSettingsDialog::pagesFollowTheList()
{
    const auto dialog = made();
    auto *titles = dialog->findChild<QListWidget *>();
    const auto *pages = dialog->findChild<QStackedWidget *>();
    QCOMPARE(titles->count(), int(settingPages().size()) + 1);
    QCOMPARE(pages->count(), titles->count());
    dialog->show();
    titles->setFocus();
    QTest::keyClick(titles, Qt::Key_Down);
    QCOMPARE(pages->currentIndex(), 1);
    QVERIFY(dialog->field(u"sources.live"_s)->isVisible());
}

void TestSettingsDialog::networkAndStorageAreOffered()
{
    SettingsDialog dialog(m_theme, *m_settings, nullptr);
    dialog.setValues({{"network.proxy", ""}, {"network.ca_file", ""}, {"storage.budget_gib", "0"}});
    const QSignalSpy changed(&dialog, &SettingsDialog::changed);
    auto *proxy = qobject_cast<QLineEdit *>(dialog.field(u"network.proxy"_s));
    QVERIFY(proxy && proxy->isEnabled());
    QTest::keyClicks(proxy, u"http://proxy.example:3128"_s);
    QTest::keyClick(proxy, Qt::Key_Return);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][1].toString(), u"http://proxy.example:3128"_s);
    // The place is moved only once it is known.
    auto *move = qobject_cast<QPushButton *>(dialog.field(u"storage.folder"_s));
    QVERIFY(move && !move->isEnabled());
    dialog.setPlace(u"/data/chrona"_s, u"1.2 GiB"_s);
    const QSignalSpy wanted(&dialog, &SettingsDialog::moveWanted);
    QTest::mouseClick(move, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

/// They are pictures of the style sheet, and need Qt's plugin for their format.
void TestSettingsDialog::arrowsAndTicksAreDrawn()
{
    if (!QImageReader::supportedImageFormats().contains("svg"))
        QSKIP("Qt's plugin for SVG is not installed here");
    QWidget window;
    window.resize(200, 90);
    m_theme.applyTo(*qApp);
    QComboBox choice(&window);
    choice.setGeometry(0, 0, 200, 26);
    QCheckBox mark(&window);
    mark.setGeometry(0, 40, 20, 20);
    const auto colours = [&window](const QRect &where) {
        const QImage picture = window.grab(where).toImage();
        QSet<QRgb> found;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x)
                found.insert(picture.pixel(x, y));
        return found.size();
    };
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window, 60'000));
    // Nothing but the ground would be one colour.
    QVERIFY(colours(QRect(184, 8, 12, 10)) > 3);
    mark.setChecked(true);
    QVERIFY(colours(QRect(3, 43, 11, 11)) > 3);
}

QTEST_MAIN(TestSettingsDialog)
#include "tst_settings_dialog.moc"
