// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/catalogue_dialog.h"

#include "chrona/ui/theme.h"
#include "signals/small_table.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

constexpr int kFaultsShown = 6;
constexpr int kTableHeight = 260;

std::vector<SmallCell> rowOf(const ipc::DefinitionEntry &entry)
{
    const QString origin =
        entry.isOwn ? CatalogueDialog::tr("own") : CatalogueDialog::tr("shipped");
    SmallCell state{CatalogueDialog::tr("computed"), Role::Text2, {}, Role::Ok};
    if (!entry.fault.empty())
        state = {fromUtf8(entry.fault), Role::Text1, {}, Role::Warning};
    else if (!entry.isEnabled)
        state = {CatalogueDialog::tr("switched off"), Role::Text3, {}, Role::Text3};
    else if (!entry.refreshedAt)
        state = {CatalogueDialog::tr("with the next refresh"), Role::Text2, {}, Role::Watch};
    const Role name = entry.isEnabled ? Role::Text1 : Role::Text3;
    return {{fromUtf8(entry.name.empty() ? entry.key : entry.name), name},
            {fromUtf8(entry.key), Role::Text2},
            {origin, Role::Text2},
            {countText(entry.features), Role::Text2},
            state};
}

} // namespace

CatalogueDialog::CatalogueDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent),
      m_table(new SmallTable(theme, tr("Rules by which features are computed"), 10, this)),
      m_lines(new QPlainTextEdit(this)), m_message(new QLabel(this)),
      m_switch(new QPushButton(tr("Switch off"), this)),
      m_remove(new QPushButton(tr("Remove"), this)), m_save(new QPushButton(tr("Save"), this))
{
    setWindowTitle(tr("Feature catalogue"));
    m_table->setColumns({{tr("Name")},
                         {tr("Key"), false, 210},
                         {tr("Origin"), false, 70},
                         {tr("Features"), true, 70},
                         {tr("State"), false, 180}});
    m_lines->setAccessibleName(tr("Your own definitions, one a line"));
    m_lines->setPlaceholderText(u"key=own.strong_quakes types=earthquake severity_min=0.6 "
                                "axis=country"_s);
    m_lines->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_lines->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_lines->setTabChangesFocus(true);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setFont(theme.font(TextSize::Small));
    m_message->hide();
    auto *why = new QLabel(tr("Your own definitions, one a line: computed every hour like the "
                              "shipped ones, and searched like them."));
    why->setWordWrap(true);
    why->setProperty("tone", u"secondary"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kPadding);
    column->addWidget(m_table);
    column->addWidget(why);
    column->addWidget(m_lines, 1);
    column->addWidget(m_message);
    column->addWidget(makeButtons());
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &CatalogueDialog::judge);
    connect(m_lines, &QPlainTextEdit::textChanged, this, &CatalogueDialog::judge);
    m_table->setFixedHeight(kTableHeight);
    setMinimumSize(760, 620);
    judge();
}

QWidget *CatalogueDialog::makeButtons()
{
    auto *bar = new QWidget(this);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    auto *check = new QPushButton(tr("Check"), bar);
    auto *close = new QPushButton(tr("Close"), bar);
    m_save->setProperty("primary", true);
    m_remove->setToolTip(tr("With all that it computed; shipped ones can be switched off"));
    for (QPushButton *button : {m_switch, m_remove})
        row->addWidget(button);
    row->addStretch(1);
    for (QPushButton *button : {check, m_save, close})
        row->addWidget(button);
    connect(m_switch, &QPushButton::clicked, this, [this] {
        if (const auto *entry = current())
            change(entry->isEnabled && entry->fault.empty() ? "disable" : "enable");
    });
    connect(m_remove, &QPushButton::clicked, this, [this] { change("remove"); });
    connect(check, &QPushButton::clicked, this, [this] { want(Outcome::Checked); });
    connect(m_save, &QPushButton::clicked, this, [this] { want(Outcome::Stored); });
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    return bar;
}

void CatalogueDialog::setCatalogue(const std::vector<ipc::DefinitionEntry> &definitions)
{
    const int row = m_table->currentIndex().row();
    m_definitions = definitions;
    std::vector<std::vector<SmallCell>> rows;
    QStringList own;
    for (const ipc::DefinitionEntry &entry : m_definitions) {
        rows.push_back(rowOf(entry));
        if (entry.isOwn)
            own += fromUtf8(entry.rule);
    }
    m_table->setRows(std::move(rows));
    m_table->setFixedHeight(kTableHeight);
    if (row >= 0 && row < m_table->model()->rowCount())
        m_table->selectRow(row);
    if (!m_lines->document()->isModified()) {
        m_lines->setPlainText(own.join(u'\n'));
        m_lines->document()->setModified(false);
    }
    judge();
}

void CatalogueDialog::showOutcome(const ipc::FeaturesDefined &reply, Outcome outcome)
{
    if (reply.faults.empty()) {
        if (outcome == Outcome::Checked)
            return say(tr("All lines can be computed."));
        m_lines->document()->setModified(false);
        return say(tr("Saved. They are computed with the next refresh, within the hour."));
    }
    QStringList lines;
    for (const ipc::DefinitionFault &fault : reply.faults) {
        if (lines.size() == kFaultsShown) {
            lines += tr("… and more");
            break;
        }
        const QString what = tr("Line %1: %2").arg(fault.line).arg(fromUtf8(fault.what));
        lines += fault.remedy.empty() ? what : what + u"; "_s + fromUtf8(fault.remedy);
    }
    say(lines.join(u'\n'));
}

void CatalogueDialog::showFailure(const Error &error)
{
    const FailureText text = failureText(error);
    say(text.remedy.isEmpty() ? text.cause : text.cause + u' ' + text.remedy);
}

QString CatalogueDialog::message() const
{
    return m_message->text();
}

void CatalogueDialog::judge()
{
    const ipc::DefinitionEntry *entry = current();
    m_switch->setEnabled(entry != nullptr);
    const bool isOn = entry == nullptr || (entry->isEnabled && entry->fault.empty());
    m_switch->setText(isOn ? tr("Switch off") : tr("Switch on"));
    m_remove->setEnabled(entry != nullptr && entry->isOwn);
    m_save->setEnabled(m_lines->document()->isModified());
}

void CatalogueDialog::say(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void CatalogueDialog::want(Outcome outcome)
{
    say({});
    ipc::DefineFeatures request;
    request.text = m_lines->toPlainText().toStdString();
    request.checkOnly = outcome == Outcome::Checked;
    Q_EMIT defineWanted(request);
}

void CatalogueDialog::change(const std::string &action)
{
    say({});
    if (const auto *entry = current())
        Q_EMIT changeWanted({entry->key, action});
}

const ipc::DefinitionEntry *CatalogueDialog::current() const
{
    const int row = m_table->currentIndex().row();
    return row >= 0 && row < std::ssize(m_definitions)
               ? &m_definitions[static_cast<std::size_t>(row)]
               : nullptr;
}

} // namespace chrona::ui
