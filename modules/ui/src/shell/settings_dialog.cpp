// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/settings_dialog.h"

#include "chrona/ui/languages.h"
#include "text/names.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// A field with what it does beneath.
QWidget *explained(const Theme &theme, QWidget *field, const QString &text)
{
    auto *both = new QWidget;
    auto *column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, metric::kPadding);
    column->setSpacing(2);
    column->addWidget(field);
    auto *hint = new QLabel(text);
    hint->setFont(theme.font(TextSize::Small));
    hint->setProperty("tone", u"secondary"_s);
    hint->setWordWrap(true);
    column->addWidget(hint);
    field->setAccessibleDescription(text);
    return both;
}

QFormLayout *formIn(QWidget *page)
{
    auto *form = new QFormLayout(page);
    form->setContentsMargins(20, 16, 20, 16);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft);
    form->setHorizontalSpacing(20);
    return form;
}

} // namespace

SettingsDialog::SettingsDialog(Theme &theme, QSettings &window, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_window(window), m_titles(new QListWidget(this)),
      m_pages(new QStackedWidget(this)), m_message(new QLabel(this))
{
    setWindowTitle(tr("Settings"));
    m_titles->setFixedWidth(180);
    m_titles->setFrameShape(QFrame::NoFrame);
    m_titles->setAccessibleName(tr("Pages of settings"));
    m_message->setWordWrap(true);
    m_message->setFont(theme.font(TextSize::Small));
    m_message->setContentsMargins(20, 0, 20, 0);
    m_message->hide();
    addPage(tr("Window"), makeWindowPage());
    for (const SettingPage &page : settingPages())
        addPage(tr(page.title), makePage(page));
    setValues({});
    connect(m_titles, &QListWidget::currentRowChanged, m_pages, &QStackedWidget::setCurrentIndex);
    m_titles->setCurrentRow(0);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    // Qt's own catalog may be absent.
    buttons->button(QDialogButtonBox::Close)->setText(tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 16);
    right->addWidget(m_pages, 1);
    right->addWidget(m_message);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(20, 0, 20, 0);
    foot->addWidget(buttons);
    right->addLayout(foot);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_titles);
    row->addLayout(right, 1);
    resize(720, 520);
}

void SettingsDialog::addPage(const QString &title, QWidget *page)
{
    m_titles->addItem(title);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setAccessibleName(title);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    m_pages->addWidget(scroll);
}

QWidget *SettingsDialog::makeWindowPage()
{
    auto *page = new QWidget;
    auto *form = formIn(page);
    auto *look = new QComboBox;
    look->addItems({tr("Follow the system"), tr("Dark"), tr("Light")});
    look->setCurrentIndex(static_cast<int>(m_theme.appearance()));
    look->setAccessibleName(tr("Appearance"));
    connect(look, &QComboBox::activated, this,
            [this](int index) { Q_EMIT appearanceChosen(static_cast<Appearance>(index)); });
    form->addRow(tr("Appearance"),
                 explained(m_theme, look, tr("Contrast meets WCAG AA in both themes.")));
    auto *language = new QComboBox;
    language->addItem(tr("The system's"), QString());
    for (const QString &code : spokenLanguages())
        language->addItem(QLocale(code).nativeLanguageName(), code);
    language->setCurrentIndex(
        std::max(0, language->findData(m_window.value(u"window/language"_s).toString())));
    language->setAccessibleName(tr("Language"));
    connect(language, &QComboBox::activated, this, [this, language] {
        m_window.setValue(u"window/language"_s, language->currentData());
    });
    form->addRow(tr("Language"),
                 explained(m_theme, language, tr("From the next start of the window.")));
    m_fields.insert(u"window.appearance"_s, look);
    m_fields.insert(u"window.language"_s, language);
    return page;
}

QWidget *SettingsDialog::makePage(const SettingPage &page)
{
    auto *widget = new QWidget;
    auto *form = formIn(widget);
    for (const SettingRow &row : page.rows) {
        QWidget *field = makeField(row);
        field->setAccessibleName(tr(row.label));
        m_fields.insert(QString::fromLatin1(row.key), field);
        const bool isFlag = row.kind == SettingKind::Flag;
        form->addRow(isFlag ? QString() : tr(row.label), explained(m_theme, field, tr(row.text)));
    }
    if (QLatin1StringView(page.rows.front().key) == "network.proxy"_L1)
        form->addRow(tr("Data folder"), makePlace());
    return widget;
}

QWidget *SettingsDialog::makePlace()
{
    auto *both = new QWidget;
    auto *column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    m_place = new QLabel(tr("The service has not told it yet."));
    m_place->setWordWrap(true);
    m_place->setTextFormat(Qt::PlainText);
    m_place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_move = new QPushButton(tr("Move…"));
    m_move->setAccessibleName(tr("Move the data folder"));
    m_move->setEnabled(false);
    connect(m_move, &QPushButton::clicked, this, &SettingsDialog::moveWanted);
    column->addWidget(m_place);
    column->addWidget(explained(m_theme, m_move,
                                tr("The service stops, everything is moved, and Chrona starts "
                                   "again. What fails leaves all where it is.")),
                      0, Qt::AlignLeft);
    m_fields.insert(u"storage.folder"_s, m_move);
    return both;
}

void SettingsDialog::setPlace(const QString &folder, const QString &size)
{
    m_place->setText(size.isEmpty() ? folder : tr("%1 (%2)").arg(folder, size));
    m_move->setEnabled(!folder.isEmpty());
}

QWidget *SettingsDialog::makeField(const SettingRow &row)
{
    const QString key = QString::fromLatin1(row.key);
    switch (row.kind) {
    case SettingKind::Flag: {
        auto *box = new QCheckBox(tr(row.label));
        connect(box, &QCheckBox::clicked, this, [this, key] { take(key); });
        return box;
    }
    case SettingKind::Number: {
        auto *spin = new QSpinBox;
        spin->setRange(row.least, row.most);
        spin->setKeyboardTracking(false); // a number that is half typed is not meant
        if (*row.suffix != '\0')
            spin->setSuffix(tr(row.suffix));
        connect(spin, &QSpinBox::valueChanged, this, [this, key] { take(key); });
        return spin;
    }
    case SettingKind::Text: break;
    }
    auto *edit = new QLineEdit;
    edit->setMaxLength(1'000);
    connect(edit, &QLineEdit::editingFinished, this, [this, key] { take(key); });
    return edit;
}

void SettingsDialog::setValues(const std::vector<ipc::Setting> &values)
{
    for (const ipc::Setting &setting : values) {
        m_held.insert(fromUtf8(setting.key), fromUtf8(setting.value));
        showValue(fromUtf8(setting.key), fromUtf8(setting.value));
    }
    for (const SettingPage &page : settingPages())
        for (const SettingRow &row : page.rows) {
            const QString key = QString::fromLatin1(row.key);
            m_fields.value(key)->setEnabled(m_held.contains(key));
        }
}

void SettingsDialog::showPage(int page)
{
    m_titles->setCurrentRow(page);
}

void SettingsDialog::showValue(const QString &key, const QString &value)
{
    QWidget *field = m_fields.value(key);
    if (field == nullptr)
        return;
    const QSignalBlocker quiet(field);
    if (auto *box = qobject_cast<QCheckBox *>(field))
        box->setChecked(value == "true"_L1);
    else if (auto *spin = qobject_cast<QSpinBox *>(field))
        spin->setValue(value.toInt());
    else if (auto *edit = qobject_cast<QLineEdit *>(field))
        edit->setText(value);
}

QString SettingsDialog::value(const QString &key) const
{
    const QWidget *field = m_fields.value(key);
    if (const auto *box = qobject_cast<const QCheckBox *>(field))
        return box->isChecked() ? u"true"_s : u"false"_s;
    if (const auto *spin = qobject_cast<const QSpinBox *>(field))
        return QString::number(spin->value());
    if (const auto *edit = qobject_cast<const QLineEdit *>(field))
        return edit->text();
    return {};
}

void SettingsDialog::take(const QString &key)
{
    const QString now = value(key);
    if (!m_held.contains(key) || now == m_held.value(key))
        return;
    m_message->hide();
    m_held.insert(key, now);
    Q_EMIT changed(key, now);
}

void SettingsDialog::showFailure(const QString &key, const Error &error)
{
    m_message->setText(tr("It was not taken: %1").arg(fromUtf8(error.what)));
    m_message->show();
    if (QWidget *wrong = field(key))
        wrong->setFocus();
}

} // namespace chrona::ui
