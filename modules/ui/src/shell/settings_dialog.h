// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"
#include "chrona/workspace/session.h"
#include "shell/setting_rows.h"

#include <QDialog>
#include <QMap>

#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QSettings;
class QStackedWidget;

namespace chrona::ui {

/// The window's settings and the service's, by page. A change holds as soon as it is made; one that
/// the service refuses goes back and is explained. UI thread only.
class SettingsDialog final : public QDialog {
    Q_OBJECT
public:
    /// `window` holds appearance and language.
    SettingsDialog(Theme &theme, QSettings &window, QWidget *parent);

    /// What the service has; until then its pages cannot be edited.
    void setValues(const std::vector<ipc::Setting> &values);
    /// The service did not take it: the field shows what holds.
    void showFailure(const QString &key, const Error &error);
    void showPage(int page);
    /// Where the data lie and what they take, as the service tells it.
    void setPlace(const QString &folder, const QString &size);
    /// Of a field by its key; empty for one that is not offered.
    [[nodiscard]] QString value(const QString &key) const;
    [[nodiscard]] QWidget *field(const QString &key) const { return m_fields.value(key); }

Q_SIGNALS:
    void changed(const QString &key, const QString &value);
    /// The person wants the data elsewhere.
    void moveWanted();
    void appearanceChosen(chrona::ui::Appearance appearance);

private:
    QWidget *makeWindowPage();
    QWidget *makePage(const SettingPage &page);
    QWidget *makeField(const SettingRow &row);
    QWidget *makePlace();
    void addPage(const QString &title, QWidget *page);
    void showValue(const QString &key, const QString &value);
    void take(const QString &key);

    Theme &m_theme;
    QSettings &m_window;
    QListWidget *m_titles;
    QStackedWidget *m_pages;
    QLabel *m_message;
    QLabel *m_place = nullptr;
    QPushButton *m_move = nullptr;
    QMap<QString, QWidget *> m_fields;
    QMap<QString, QString> m_held; ///< what the service has
};

} // namespace chrona::ui
