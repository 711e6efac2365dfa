// SPDX-License-Identifier: AGPL-3.0-or-later
#include "redaction.h"

#include <QDir>
#include <QRegularExpression>
#include <QSysInfo>

namespace chrona::cli {
namespace {

struct Pattern {
    QRegularExpression expression;
    QString replacement;
};

const std::vector<Pattern> &patterns()
{
    static const std::vector<Pattern> kPatterns{
        {QRegularExpression(QStringLiteral(R"((\w+://)[^\s/@"]+@)")),
         QStringLiteral("\\1<redacted>@")},
        {QRegularExpression(QStringLiteral(R"([\w.+-]+@[\w-]+\.[\w.-]+)")),
         QStringLiteral("<mail>")},
        {QRegularExpression(
             QStringLiteral(
                 R"re(((?:api[_-]?key|token|password|passwd|secret|key)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+)re"),
             QRegularExpression::CaseInsensitiveOption),
         QStringLiteral("\\1<redacted>")},
        {QRegularExpression(QStringLiteral(R"(\b(?:0x)?[0-9a-fA-F]{32,}\b)")),
         QStringLiteral("<hex>")},
    };
    return kPatterns;
}

} // namespace

Redaction Redaction::forThisUser(const std::filesystem::path &dataFolder)
{
    // A name of one or two letters would take half of every word with it.
    constexpr std::size_t kNameLengthMin = 3;
    std::vector<Replacement> known;
    const auto add = [&known](std::string value, std::string stand) {
        if (value.size() >= kNameLengthMin)
            known.emplace_back(std::move(value), std::move(stand));
    };
    add(dataFolder.string(), "<data>");
    add(QDir::homePath().toStdString(), "<home>");
    add(qEnvironmentVariable("USER").toStdString(), "<user>");
    add(QSysInfo::machineHostName().toStdString(), "<host>");
    return Redaction(std::move(known));
}

std::string Redaction::clean(std::string_view text) const
{
    QString cleaned = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    for (const auto &[value, stand] : m_known)
        cleaned.replace(QString::fromStdString(value), QString::fromStdString(stand));
    for (const auto &[expression, replacement] : patterns())
        cleaned.replace(expression, replacement);
    return cleaned.toStdString();
}

} // namespace chrona::cli
