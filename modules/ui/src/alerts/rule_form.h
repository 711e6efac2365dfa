// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/schema/alert.h"
#include "chrona/workspace/filter_language.h"

#include <QWidget>

#include <expected>
#include <functional>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLineEdit;
class QSpinBox;
class QTimeEdit;

namespace chrona::ui {

class Theme;

/// The fields of one rule; those that its subject does not have are not shown. UI thread only.
class RuleForm final : public QWidget {
    Q_OBJECT
public:
    /// `names` gives the regions and sources that a filter may name.
    RuleForm(std::function<workspace::FilterNames()> names, QWidget *parent);

    void setRule(const schema::AlertRule &rule);
    /// As the fields say, or why they cannot be read.
    [[nodiscard]] std::expected<schema::AlertRule, QString> rule() const;
    void focusName();

Q_SIGNALS:
    void edited();

private:
    void makeRuleFields();
    void makeTellingFields();
    void showFields();
    [[nodiscard]] schema::AlertWatch watch() const;
    [[nodiscard]] std::expected<void, QString> readFilter(schema::AlertRule &rule) const;
    [[nodiscard]] workspace::FilterNames namesWith(const schema::AlertRule &rule) const;

    std::function<workspace::FilterNames()> m_names;
    schema::AlertRule m_rule; ///< what was set: the rest of it stays
    bool m_isFilling = false;
    QFormLayout *m_form;
    QLineEdit *m_name;
    QComboBox *m_watch;
    QLineEdit *m_filter;
    QLineEdit *m_about;
    QLineEdit *m_targets;
    QSpinBox *m_relevance;
    QDoubleSpinBox *m_threshold;
    QComboBox *m_urgency;
    QComboBox *m_grouping;
    QSpinBox *m_rearm;
    QComboBox *m_quiet;
    QWidget *m_hours;
    QTimeEdit *m_from;
    QTimeEdit *m_until;
};

} // namespace chrona::ui
