// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alerts/rules_dialog.h"

#include "alerts/alert_words.h"
#include "alerts/rule_form.h"
#include "chrona/ui/theme.h"
#include "chrona/workspace/filter_language.h"
#include "chrona/workspace/session.h"
#include "events/filter_line.h"
#include "text/names.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::AlertRule;
using schema::AlertRuleId;

namespace {

constexpr int kRuleRole = Qt::UserRole;
constexpr std::uint32_t kTriedDays = 7;

AlertRuleId ruleOf(const QListWidgetItem &item)
{
    return {item.data(kRuleRole).toLongLong()};
}

} // namespace

RulesDialog::RulesDialog(workspace::AlertBook &book, workspace::Session &session,
                         const Theme &theme, QWidget *parent)
    : QDialog(parent), m_book(book), m_session(session), m_theme(theme),
      m_list(new QListWidget(this)), m_form(new RuleForm([this] { return names(); }, this)),
      m_message(new QLabel(this)), m_remove(new QPushButton(tr("Remove"), this)),
      m_try(new QPushButton(tr("Try it"), this)), m_save(new QPushButton(tr("Save"), this))
{
    setWindowTitle(tr("Alert rules"));
    m_list->setAccessibleName(tr("Rules"));
    m_list->setFixedWidth(220);
    m_message->setWordWrap(true);
    m_message->setFont(theme.font(TextSize::Small));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setMinimumHeight(40);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_save->setProperty("primary", true);
    m_save->setDefault(true);
    m_try->setToolTip(tr("Counts what it would have told in the last days"));
    makeLayout();
    connect(m_list, &QListWidget::currentRowChanged, this, &RulesDialog::choose);
    connect(m_list, &QListWidget::itemChanged, this,
            [this](const QListWidgetItem *item) { switchRule(*item); });
    connect(m_remove, &QPushButton::clicked, this, &RulesDialog::remove);
    connect(m_try, &QPushButton::clicked, this, &RulesDialog::tryIt);
    connect(m_save, &QPushButton::clicked, this, &RulesDialog::save);
    connect(m_form, &RuleForm::edited, this, [this] { say({}); });
    connect(&book, &workspace::AlertBook::rulesChanged, this, &RulesDialog::fill);
    resize(760, 480);
    fill();
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
    else
        begin({});
}

void RulesDialog::makeLayout()
{
    auto *fresh = new QPushButton(tr("New"), this);
    fresh->setAutoDefault(false);
    connect(fresh, &QPushButton::clicked, this, [this] { begin({}); });
    auto *filtered = new QPushButton(tr("Of the filter"), this);
    filtered->setAutoDefault(false);
    filtered->setToolTip(tr("A rule for the events that are filtered now"));
    connect(filtered, &QPushButton::clicked, this, &RulesDialog::beginFromFilter);
    m_remove->setAutoDefault(false);
    m_try->setAutoDefault(false);
    auto *listTools = new QHBoxLayout;
    listTools->addWidget(fresh);
    listTools->addWidget(filtered);
    auto *left = new QVBoxLayout;
    left->addWidget(m_list, 1);
    left->addLayout(listTools);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addWidget(m_try);
    buttons->addStretch(1);
    buttons->addWidget(close);
    buttons->addWidget(m_save);
    auto *right = new QVBoxLayout;
    right->addWidget(m_form);
    right->addStretch(1);
    right->addWidget(m_message);
    right->addLayout(buttons);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 16, 16, 16);
    row->setSpacing(16);
    row->addLayout(left);
    row->addLayout(right, 1);
}

workspace::FilterNames RulesDialog::names() const
{
    const auto snapshot = m_session.events().snapshot();
    if (!snapshot)
        return {};
    workspace::FilterNames names{snapshot->regions, snapshot->sources};
    // A country may be asked for of which only parts have been seen.
    for (const QString &region : snapshot->regions)
        if (const QString country = region.section(u'-', 0, 0);
            !country.isEmpty() && !names.regions.contains(country))
            names.regions += country;
    return names;
}

QString RulesDialog::message() const
{
    return m_message->text();
}

void RulesDialog::say(const QString &text)
{
    m_message->setText(text);
}

void RulesDialog::fill()
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const AlertRule &rule : m_book.rules()) {
        auto *item = new QListWidgetItem(fromUtf8(rule.name), m_list);
        item->setData(kRuleRole, qint64{rule.id.value});
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState(rule.enabled ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(nameOf(rule.watch));
        if (rule.id == m_chosen)
            m_list->setCurrentItem(item);
    }
    m_remove->setEnabled(!m_chosen.isNull());
}

void RulesDialog::choose(int row)
{
    if (row < 0)
        return;
    const auto rule = std::ranges::find(m_book.rules(), ruleOf(*m_list->item(row)), &AlertRule::id);
    if (rule == m_book.rules().end())
        return;
    m_chosen = rule->id;
    m_form->setRule(*rule);
    m_remove->setEnabled(true);
    say({});
}

void RulesDialog::begin(const AlertRule &rule)
{
    m_chosen = {};
    m_list->setCurrentRow(-1);
    m_form->setRule(rule);
    m_form->focusName();
    m_remove->setEnabled(false);
    say({});
}

void RulesDialog::beginFromFilter()
{
    beginFrom(m_session.focus().filter(), {});
}

void RulesDialog::beginFromPin(const schema::PinTarget &target)
{
    const QString called = fromUtf8(target.label.empty() ? target.key : target.label);
    AlertRule rule;
    rule.name = called.toStdString();
    switch (target.kind) {
    case schema::PinKind::Search: {
        const auto filter = workspace::parseFilter(fromUtf8(target.query), names());
        if (!filter) {
            begin(rule);
            return say(faultText(filter.error()));
        }
        workspace::EventFilter wanted = *filter;
        wanted.types &= target.types;
        if (target.box)
            wanted.box = target.box;
        return beginFrom(wanted, called);
    }
    case schema::PinKind::MapView:
        rule.box = target.box;
        rule.types = target.types;
        break;
    case schema::PinKind::Region: rule.regions = {target.key}; break;
    default: rule.about = {target.key}; break;
    }
    begin(rule);
}

void RulesDialog::beginFrom(const workspace::EventFilter &filter, const QString &name)
{
    workspace::RuleOfFilter made = workspace::ruleFor(filter, names());
    made.rule.name = name.toStdString();
    begin(made.rule);
    if (!made.isWhole)
        say(tr("The rule takes more than the filter: so many regions or sources, and what lies in "
               "no region, cannot be named in it."));
}

void RulesDialog::save()
{
    const auto rule = m_form->rule();
    if (!rule)
        return say(rule.error());
    const std::string name = rule->name;
    m_book.save(*rule, this, [this, name](const Status &done) {
        if (!done)
            return say(fromUtf8(done.error().what));
        say(tr("Saved."));
        const auto saved = std::ranges::find(m_book.rules(), name, &AlertRule::name);
        if (saved != m_book.rules().end())
            m_chosen = saved->id;
        fill();
        choose(m_list->currentRow());
        say(tr("Saved."));
    });
}

void RulesDialog::tryIt()
{
    const auto rule = m_form->rule();
    if (!rule)
        return say(rule.error());
    say(tr("Counting…"));
    m_book.preview(*rule, kTriedDays, this, [this, watch = rule->watch](const auto &reply) {
        if (!reply)
            return say(fromUtf8(reply.error().what));
        QString text = tr("In the %1 days before the newest event: %2 crossings in %3 alerts.")
                           .arg(kTriedDays)
                           .arg(reply->crossings)
                           .arg(reply->alerts);
        if (!reply->newest.empty())
            text += u' ' + tr("The last one: %1").arg(crossingText(watch, reply->newest.front()));
        say(text);
    });
}

void RulesDialog::remove()
{
    const auto rule = std::ranges::find(m_book.rules(), m_chosen, &AlertRule::id);
    if (rule == m_book.rules().end())
        return;
    m_book.remove(rule->id, this, [this](const Status &done) {
        if (!done)
            return say(fromUtf8(done.error().what));
        begin({});
        say(tr("Removed. What it told stays in the list of alerts."));
    });
}

void RulesDialog::switchRule(const QListWidgetItem &item)
{
    const auto known = std::ranges::find(m_book.rules(), ruleOf(item), &AlertRule::id);
    if (known == m_book.rules().end())
        return;
    AlertRule rule = *known;
    rule.enabled = item.checkState() == Qt::Checked;
    if (rule.enabled == known->enabled)
        return;
    m_book.save(rule, this, [this](const Status &done) {
        if (!done)
            say(fromUtf8(done.error().what));
    });
}

} // namespace chrona::ui
