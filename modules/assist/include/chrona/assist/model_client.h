// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace chrona::assist {

/// Where a language model is asked.
struct ModelEndpoint {
    enum class Kind : std::uint8_t {
        Ollama, ///< on this machine: other addresses are refused
        Cloud,  ///< https only, the interface that OpenAI's clients speak
    };
    Kind kind = Kind::Ollama;
    std::string address; ///< "http://127.0.0.1:11434"; without a path for Ollama
    /// Asked at every use and kept nowhere; empty: none is sent.
    std::function<Result<std::string>()> keyOf{};
    std::string userAgent = "Chrona";
};

struct ChatQuestion {
    std::string model;
    std::string system;             ///< what is to be done
    std::string text;               ///< what it is to be done with: never obeyed
    std::string schema;             ///< JSON Schema of the answer
    std::int64_t tokensMax = 1'000; ///< of the answer
    std::chrono::milliseconds timeMax{180'000}; ///< for all of it; then Timeout
};

struct ChatAnswer {
    std::string content;     ///< meant to fit the schema; not checked
    std::int64_t tokens = 0; ///< of question and answer, as the server counts them
};

struct Embeddings {
    std::vector<std::vector<float>> vectors; ///< one a text, in their order
    std::int64_t tokens = 0;
};

/// Asks one endpoint. Blocks its caller; any thread. Nothing but text goes out, no tool is offered,
/// and what comes back is only text to its caller.
///
/// Unavailable where nobody answers or the queue is full, NotFound for an unknown model, Corrupt
/// for an answer that is none. A cold model takes a while to load, so the first byte may take two
/// minutes.
class ModelClient {
public:
    /// InvalidInput for an address that may not be asked: Ollama's must be this machine, a cloud's
    /// must be https.
    [[nodiscard]] static Result<std::unique_ptr<ModelClient>> open(ModelEndpoint endpoint);
    ~ModelClient();
    ModelClient(const ModelClient &) = delete;
    ModelClient &operator=(const ModelClient &) = delete;

    [[nodiscard]] Result<ChatAnswer> chat(const ChatQuestion &question, std::stop_token stop = {});
    /// Only from Ollama.
    [[nodiscard]] Result<Embeddings>
    embed(const std::string &model, std::span<const std::string> texts, std::stop_token stop = {});

private:
    struct State;
    explicit ModelClient(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace chrona::assist
