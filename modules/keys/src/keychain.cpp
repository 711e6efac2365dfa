// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/vault.h"

#include "qt_text.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>
#include <qt6keychain/keychain.h>

#include <algorithm>
#include <format>
#include <sodium.h>

namespace chrona::keys {
namespace {

using namespace std::chrono_literals;

/// A keychain may ask the person to unlock it; a session without anybody must not hang for ever.
constexpr auto kPatience = 60s;
/// Keychains cannot list what they hold, so the names stand in an item of their own. The colon
/// keeps these two apart from all names that checkSecretName() lets through.
constexpr std::string_view kIndex = "chrona:index";
constexpr std::string_view kProbeService = "chrona:probe";

Error errorOf(const QKeychain::Job &job)
{
    const std::string what = std::format("the keychain: {}", job.errorString().toStdString());
    switch (job.error()) {
    case QKeychain::EntryNotFound: return {ErrorCode::NotFound, what, {}, false};
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser: return {ErrorCode::Denied, what, {}, false};
    case QKeychain::NoBackendAvailable:
        return {ErrorCode::Unavailable, what,
                "unlock the keychain of your desktop, or use a file of keys (--vault FILE)", true};
    default: return {ErrorCode::Unavailable, what, {}, true};
    }
}

Status wait(QKeychain::Job &job)
{
    QEventLoop loop;
    bool finished = false;
    // Never a plain settings file instead of a keychain.
    job.setInsecureFallback(false);
    job.setAutoDelete(false);
    QObject::connect(&job, &QKeychain::Job::finished, &loop, [&] {
        finished = true;
        loop.quit();
    });
    QTimer::singleShot(kPatience, &loop, &QEventLoop::quit);
    job.start();
    if (!finished)
        loop.exec();
    if (!finished)
        return fail(ErrorCode::Timeout, "the keychain does not answer",
                    "unlock it, then try again");
    if (job.error() != QKeychain::NoError)
        return std::unexpected(errorOf(job));
    return {};
}

class Keychain final : public Vault {
public:
    explicit Keychain(QString service) : m_service(std::move(service)) {}

    Result<Secret> read(std::string_view name) override
    {
        QKeychain::ReadPasswordJob job(m_service);
        job.setKey(toQString(name));
        if (auto done = wait(job); !done)
            return std::unexpected(done.error());
        QByteArray bytes = job.binaryData();
        bytes.detach();
        return Secret::take({reinterpret_cast<std::uint8_t *>(bytes.data()),
                             static_cast<std::size_t>(bytes.size())});
    }

    Status write(std::string_view name, const Secret &secret) override
    {
        if (auto sound = checkSecretName(name); !sound)
            return sound;
        if (secret.size() > kSecretBytesMax)
            return fail(ErrorCode::InvalidInput, "the secret is too long");
        if (auto stored = put(name, secret.bytes()); !stored)
            return stored;
        auto all = names();
        if (!all)
            return std::unexpected(all.error());
        if (std::ranges::contains(*all, name))
            return {};
        all->emplace_back(name);
        return putIndex(std::move(*all));
    }

    Status remove(std::string_view name) override
    {
        auto all = names();
        if (!all)
            return std::unexpected(all.error());
        QKeychain::DeletePasswordJob job(m_service);
        job.setKey(toQString(name));
        if (auto done = wait(job); !done && done.error().code != ErrorCode::NotFound)
            return done;
        if (std::erase(*all, name) == 0)
            return fail(ErrorCode::NotFound, std::format("there is no key {}", name));
        return putIndex(std::move(*all));
    }

    Result<std::vector<std::string>> names() override
    {
        const auto index = read(kIndex);
        if (!index && index.error().code == ErrorCode::NotFound)
            return std::vector<std::string>{};
        if (!index)
            return std::unexpected(index.error());
        const auto bytes = index->bytes();
        const QJsonArray list =
            QJsonDocument::fromJson({reinterpret_cast<const char *>(bytes.data()),
                                     static_cast<qsizetype>(bytes.size())})
                .array();
        std::vector<std::string> all;
        for (const QJsonValue &name : list)
            all.push_back(name.toString().toStdString());
        return all;
    }

    /// Whether what is written can be read: isAvailable() says yes where neither can be done.
    Status probe()
    {
        auto token = Secret::ofSize(16);
        if (!token)
            return std::unexpected(token.error());
        randombytes_buf(token->bytes().data(), token->size());
        if (auto stored = put(kProbeService, token->bytes()); !stored)
            return stored;
        const auto back = read(kProbeService);
        if (!back)
            return std::unexpected(back.error());
        return back->equals(*token)
                   ? Status()
                   : Status(fail(ErrorCode::Unavailable, "the keychain does not keep what it is "
                                                         "given"));
    }

private:
    Status put(std::string_view name, std::span<const std::uint8_t> bytes)
    {
        QKeychain::WritePasswordJob job(m_service);
        job.setKey(toQString(name));
        QByteArray copy(reinterpret_cast<const char *>(bytes.data()),
                        static_cast<qsizetype>(bytes.size()));
        job.setBinaryData(copy);
        return wait(job);
    }

    Status putIndex(std::vector<std::string> all)
    {
        std::ranges::sort(all);
        QJsonArray list;
        for (const std::string &name : all)
            list.append(QString::fromStdString(name));
        const QByteArray text = QJsonDocument(list).toJson(QJsonDocument::Compact);
        return put(kIndex, {reinterpret_cast<const std::uint8_t *>(text.constData()),
                            static_cast<std::size_t>(text.size())});
    }

    QString m_service;
};

} // namespace

Result<std::unique_ptr<Vault>> openKeychain(std::string_view service)
{
    auto keychain = std::make_unique<Keychain>(toQString(service));
    if (auto works = keychain->probe(); !works)
        return std::unexpected(works.error());
    return keychain;
}

} // namespace chrona::keys
