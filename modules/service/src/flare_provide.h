// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "flare_values.h"

#include "chrona/flare/submitter.h"
#include "chrona/http/server.h"

namespace chrona::service {

class OraclePipeline;
class Settings;

/// The value provider's HTTP interface, answered from the oracle's live prices: off until a person
/// turns it on, and on this machine alone unless another address is set. Main thread.
class FlareProvide {
public:
    struct Parts {
        Settings &settings;
        OraclePipeline &oracle;
    };
    explicit FlareProvide(Parts parts);
    ~FlareProvide();

    /// What the settings say.
    void resume();
    void stop();
    [[nodiscard]] Result<ipc::FlareProvideStatus> turn(const ipc::FlareProvide &command);
    [[nodiscard]] ipc::FlareProvideStatus status() const;
    /// The same prices for submission by this program; outlived by the oracle.
    [[nodiscard]] std::unique_ptr<flare::ValueSource> valueSource() const;

private:
    [[nodiscard]] Status begin();

    Parts m_parts;
    FlareValues m_values;
    std::unique_ptr<http::Server> m_server; ///< asks the values
    std::string m_problem;
};

} // namespace chrona::service
