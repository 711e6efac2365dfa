// SPDX-License-Identifier: AGPL-3.0-or-later
#include "alerts/rule_form.h"

#include "alerts/alert_words.h"
#include "chrona/workspace/alert_book.h"
#include "events/filter_line.h"
#include "text/names.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTimeEdit>

#include <array>

using namespace Qt::StringLiterals;

namespace chrona::ui {

using schema::AlertGrouping;
using schema::AlertRule;
using schema::AlertUrgency;
using schema::AlertWatch;
using workspace::FilterNames;

namespace {

enum class QuietChoice : std::uint8_t { Settings, Never, Own };

template <typename Value> void offer(QComboBox *box, std::initializer_list<Value> values)
{
    for (const Value value : values)
        box->addItem(nameOf(value), static_cast<int>(value));
}

template <typename Value> void choose(QComboBox *box, Value value)
{
    box->setCurrentIndex(box->findData(static_cast<int>(value)));
}

template <typename Value> Value chosenIn(const QComboBox *box)
{
    return static_cast<Value>(box->currentData().toInt());
}

/// Words between commas or blanks.
std::vector<std::string> keysIn(const QString &text)
{
    std::vector<std::string> keys;
    static const QRegularExpression kBetween(u"[,;\\s]+"_s);
    for (const QString &word : text.split(kBetween, Qt::SkipEmptyParts))
        keys.push_back(word.toStdString());
    return keys;
}

QString textOfKeys(const std::vector<std::string> &keys)
{
    QStringList words;
    for (const std::string &key : keys)
        words += fromUtf8(key);
    return words.join(u", "_s);
}

QTime timeOf(int minute)
{
    return QTime(minute / 60, minute % 60);
}

int minuteOf(QTime time)
{
    return time.hour() * 60 + time.minute();
}

} // namespace

RuleForm::RuleForm(std::function<FilterNames()> names, QWidget *parent)
    : QWidget(parent), m_names(std::move(names)), m_form(new QFormLayout(this)),
      m_name(new QLineEdit(this)), m_watch(new QComboBox(this)), m_filter(new QLineEdit(this)),
      m_about(new QLineEdit(this)), m_targets(new QLineEdit(this)), m_relevance(new QSpinBox(this)),
      m_threshold(new QDoubleSpinBox(this)), m_urgency(new QComboBox(this)),
      m_grouping(new QComboBox(this)), m_rearm(new QSpinBox(this)), m_quiet(new QComboBox(this)),
      m_hours(new QWidget(this)), m_from(new QTimeEdit(m_hours)), m_until(new QTimeEdit(m_hours))
{
    m_form->setContentsMargins(0, 0, 0, 0);
    m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    makeRuleFields();
    makeTellingFields();
    const auto told = [this] {
        if (m_isFilling)
            return;
        showFields();
        Q_EMIT edited();
    };
    for (QLineEdit *line : {m_name, m_filter, m_about, m_targets})
        connect(line, &QLineEdit::textChanged, this, told);
    for (QComboBox *box : {m_watch, m_urgency, m_grouping, m_quiet})
        connect(box, &QComboBox::currentIndexChanged, this, told);
    for (QSpinBox *number : {m_relevance, m_rearm})
        connect(number, &QSpinBox::valueChanged, this, told);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, told);
    for (QTimeEdit *time : {m_from, m_until})
        connect(time, &QTimeEdit::timeChanged, this, told);
    setRule({});
}

void RuleForm::makeRuleFields()
{
    m_name->setMaxLength(100);
    offer(m_watch, {AlertWatch::Events, AlertWatch::Move, AlertWatch::Signal, AlertWatch::Story});
    m_filter->setPlaceholderText(tr("words, type:, region:, severity>=50 …"));
    m_filter->setToolTip(tr("As in the filter over the events; all terms must hold."));
    m_about->setPlaceholderText(tr("topic:trade, country:JP; empty: anything"));
    m_targets->setPlaceholderText(tr("SPY, QQQ; empty: every target"));
    m_relevance->setRange(0, 100);
    m_relevance->setSuffix(u" %"_s);
    m_relevance->setSpecialValueText(tr("Not asked for"));
    m_relevance->setToolTip(tr("Exposure of your watchlists × severity × novelty × confidence."));
    m_threshold->setDecimals(1);
    m_threshold->setRange(0, 1000);
    m_threshold->setSingleStep(0.5);
    m_form->addRow(tr("Name"), m_name);
    m_form->addRow(tr("Watches"), m_watch);
    m_form->addRow(tr("Filter"), m_filter);
    m_form->addRow(tr("About"), m_about);
    m_form->addRow(tr("Relevance from"), m_relevance);
    m_form->addRow(tr("Targets"), m_targets);
    m_form->addRow(tr("At least"), m_threshold);
}

void RuleForm::makeTellingFields()
{
    offer(m_urgency, {AlertUrgency::Notice, AlertUrgency::Warning, AlertUrgency::Critical});
    offer(m_grouping,
          {AlertGrouping::Rule, AlertGrouping::Region, AlertGrouping::Kind, AlertGrouping::Each});
    m_rearm->setRange(0, 30 * 24 * 60);
    m_rearm->setSuffix(tr(" min"));
    m_rearm->setSingleStep(15);
    m_rearm->setSpecialValueText(tr("At once"));
    m_rearm->setToolTip(tr("What comes before is added to the alert in silence."));
    m_quiet->addItem(tr("As in the settings"), static_cast<int>(QuietChoice::Settings));
    m_quiet->addItem(tr("Never"), static_cast<int>(QuietChoice::Never));
    m_quiet->addItem(tr("Own hours"), static_cast<int>(QuietChoice::Own));
    m_from->setDisplayFormat(u"HH:mm"_s);
    m_until->setDisplayFormat(u"HH:mm"_s);
    m_from->setAccessibleName(tr("Quiet from"));
    m_until->setAccessibleName(tr("Quiet until"));
    auto *row = new QHBoxLayout(m_hours);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_from);
    row->addWidget(new QLabel(tr("until"), m_hours));
    row->addWidget(m_until);
    row->addStretch(1);
    m_form->addRow(tr("Urgency"), m_urgency);
    m_form->addRow(tr("One alert for"), m_grouping);
    m_form->addRow(tr("Speaks again after"), m_rearm);
    m_form->addRow(tr("Quiet"), m_quiet);
    m_form->addRow(tr("Quiet hours"), m_hours);
}

AlertWatch RuleForm::watch() const
{
    return chosenIn<AlertWatch>(m_watch);
}

void RuleForm::showFields()
{
    const AlertWatch watch = this->watch();
    const bool isEvents = watch == AlertWatch::Events;
    const bool isFiltered = isEvents || watch == AlertWatch::Story;
    m_form->setRowVisible(m_filter, isFiltered);
    m_form->setRowVisible(m_about, isEvents);
    m_form->setRowVisible(m_relevance, isEvents);
    m_form->setRowVisible(m_targets, !isFiltered);
    m_form->setRowVisible(m_threshold, !isEvents);
    m_threshold->setSuffix(watch == AlertWatch::Move     ? tr(" σ")
                           : watch == AlertWatch::Signal ? tr(" (robust z)")
                                                         : tr(" reports"));
    m_form->setRowVisible(m_hours, chosenIn<QuietChoice>(m_quiet) == QuietChoice::Own);
}

FilterNames RuleForm::namesWith(const AlertRule &rule) const
{
    FilterNames names = m_names();
    for (const std::string &region : rule.regions)
        if (const QString name = fromUtf8(region); !names.regions.contains(name))
            names.regions += name;
    for (const std::string &source : rule.sources)
        if (const QString key = fromUtf8(source); !names.sources.contains(key))
            names.sources += key;
    return names;
}

void RuleForm::setRule(const AlertRule &rule)
{
    m_isFilling = true;
    m_rule = rule;
    m_name->setText(fromUtf8(rule.name));
    choose(m_watch, rule.watch);
    const FilterNames names = namesWith(rule);
    m_filter->setText(workspace::filterText(workspace::filterOf(rule, names), names));
    const bool isTargets = rule.watch == AlertWatch::Move || rule.watch == AlertWatch::Signal;
    m_about->setText(isTargets ? QString() : textOfKeys(rule.about));
    m_targets->setText(isTargets ? textOfKeys(rule.about) : QString());
    m_relevance->setValue(qRound(rule.relevanceMin * 100));
    m_threshold->setValue(rule.threshold);
    choose(m_urgency, rule.urgency);
    choose(m_grouping, rule.grouping);
    m_rearm->setValue(
        static_cast<int>(std::chrono::floor<std::chrono::minutes>(rule.rearm).count()));
    const schema::QuietHours hours = rule.quiet.value_or(schema::QuietHours{22 * 60, 7 * 60});
    choose(m_quiet, !rule.quiet                             ? QuietChoice::Settings
                    : hours.fromMinute == hours.untilMinute ? QuietChoice::Never
                                                            : QuietChoice::Own);
    m_from->setTime(timeOf(hours.fromMinute));
    m_until->setTime(timeOf(hours.untilMinute));
    m_isFilling = false;
    showFields();
}

std::expected<void, QString> RuleForm::readFilter(AlertRule &rule) const
{
    const FilterNames names = namesWith(m_rule);
    const auto filter = workspace::parseFilter(m_filter->text(), names);
    if (!filter)
        return std::unexpected(faultText(filter.error()));
    const workspace::RuleOfFilter read = workspace::ruleFor(*filter, names);
    if (!read.isWhole)
        return std::unexpected(tr("A rule cannot name so many regions or sources, nor those that "
                                  "lie in none."));
    rule.words = read.rule.words;
    rule.types = read.rule.types;
    rule.regions = read.rule.regions;
    rule.sources = read.rule.sources;
    rule.box = read.rule.box;
    rule.severityMin = read.rule.severityMin;
    rule.confidenceMin = read.rule.confidenceMin;
    return {};
}

std::expected<AlertRule, QString> RuleForm::rule() const
{
    AlertRule rule = m_rule;
    rule.name = m_name->text().trimmed().toStdString();
    rule.watch = watch();
    if (rule.name.empty())
        return std::unexpected(tr("Give the rule a name."));
    if (auto read = readFilter(rule); !read)
        return std::unexpected(read.error());
    const bool isTargets = rule.watch == AlertWatch::Move || rule.watch == AlertWatch::Signal;
    rule.about = keysIn(isTargets ? m_targets->text() : m_about->text());
    rule.relevanceMin = m_relevance->value() / 100.0;
    rule.threshold = m_threshold->value();
    if (rule.watch == AlertWatch::Move && rule.threshold <= 0)
        return std::unexpected(tr("Say how many times its usual day a target must move."));
    rule.urgency = chosenIn<AlertUrgency>(m_urgency);
    rule.grouping = chosenIn<AlertGrouping>(m_grouping);
    rule.rearm = std::chrono::minutes(m_rearm->value());
    switch (chosenIn<QuietChoice>(m_quiet)) {
    case QuietChoice::Settings: rule.quiet.reset(); break;
    case QuietChoice::Never: rule.quiet = schema::QuietHours{}; break;
    case QuietChoice::Own:
        rule.quiet = schema::QuietHours{minuteOf(m_from->time()), minuteOf(m_until->time())};
        break;
    }
    return rule;
}

void RuleForm::focusName()
{
    m_name->setFocus(Qt::OtherFocusReason);
    m_name->selectAll();
}

} // namespace chrona::ui
