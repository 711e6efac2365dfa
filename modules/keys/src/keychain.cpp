// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/vault.h"

#include "qt_text.h"
#include "shared_bytes.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QThread>
#include <qt6keychain/keychain.h>

#include <algorithm>
#include <condition_variable>
#include <format>
#include <mutex>
#include <optional>
#include <sodium.h>

namespace chrona::keys {
namespace {

using namespace std::chrono_literals;

/// A keychain may ask the person to unlock it; a session without anybody must not hang for ever.
constexpr std::chrono::milliseconds kOpenPatience = 60s;
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

/// The one thread of the process on which the library is used. Its queue of jobs belongs to the
/// thread that asks first and is guarded by nothing, and an answer may find its way to another
/// thread that asks at the same time. So it is never stopped, and nobody else asks.
QObject &keychainThread()
{
    static QObject *const context = [] {
        auto *thread = new QThread;
        auto *object = new QObject;
        thread->setObjectName(QStringLiteral("keychain"));
        object->moveToThread(thread);
        thread->start();
        return object;
    }();
    return *context;
}

/// What a job has brought. Shared with the job: who asked may have gone when it ends at last.
struct Outcome {
    std::mutex mutex;
    std::condition_variable told;
    bool isDone = false;
    Status status;
    std::optional<Secret> secret; ///< wiped when it goes, asked for or not
};

/// Begins the job, and waits. A job that outlives the patience is left alone: the keychain will
/// still call it, and it deletes itself then. What it brings goes into locked memory in the moment
/// it comes, and what it was given is wiped when it needs it no more, whoever still waits.
template <typename Job>
Result<std::optional<Secret>> ask(Job *job, std::chrono::milliseconds patience,
                                  const QByteArray &given = {})
{
    const auto outcome = std::make_shared<Outcome>();
    job->setInsecureFallback(false); // never a plain settings file instead of a keychain
    job->moveToThread(keychainThread().thread());
    QObject::connect(job, &QKeychain::Job::finished, job, [job, outcome, given] {
        wipe(sharedBytes(given));
        const std::scoped_lock lock(outcome->mutex);
        if (job->error() != QKeychain::NoError) {
            outcome->status = std::unexpected(errorOf(*job));
        } else if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>) {
            auto taken = takeShared(job->binaryData());
            if (taken)
                outcome->secret = std::move(*taken);
            else
                outcome->status = std::unexpected(taken.error());
        }
        outcome->isDone = true;
        outcome->told.notify_all();
    });
    QMetaObject::invokeMethod(job, [job] { job->start(); });
    std::unique_lock lock(outcome->mutex);
    if (!outcome->told.wait_for(lock, patience, [&] { return outcome->isDone; }))
        return fail(ErrorCode::Timeout, "the keychain does not answer",
                    "unlock it, then try again");
    if (!outcome->status)
        return std::unexpected(outcome->status.error());
    return std::move(outcome->secret);
}

class Keychain final : public Vault {
public:
    explicit Keychain(QString service) : m_service(std::move(service)) {}
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    Result<Secret> read(std::string_view name) override
    {
        auto *job = new QKeychain::ReadPasswordJob(m_service);
        job->setKey(toQString(name));
        auto secret = ask(job, m_patience);
        if (!secret)
            return std::unexpected(secret.error());
        return *secret ? Result<Secret>(std::move(**secret)) : Secret::ofSize(0);
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
        auto *job = new QKeychain::DeletePasswordJob(m_service);
        job->setKey(toQString(name));
        if (auto done = ask(job, m_patience); !done && done.error().code != ErrorCode::NotFound)
            return std::unexpected(done.error());
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
        auto *job = new QKeychain::WritePasswordJob(m_service);
        job->setKey(toQString(name));
        const QByteArray given(reinterpret_cast<const char *>(bytes.data()),
                               static_cast<qsizetype>(bytes.size()));
        job->setBinaryData(given);
        if (auto done = ask(job, m_patience, given); !done)
            return std::unexpected(done.error());
        return {};
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
    std::chrono::milliseconds m_patience = kOpenPatience;
};

} // namespace

Result<std::unique_ptr<Vault>> openKeychain(std::string_view service,
                                            std::chrono::milliseconds patience)
{
    auto keychain = std::make_unique<Keychain>(toQString(service));
    if (auto works = keychain->probe(); !works)
        return std::unexpected(works.error());
    keychain->setPatience(patience);
    return keychain;
}

} // namespace chrona::keys
