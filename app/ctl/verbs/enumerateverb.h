#pragma once

#include "ctl/verbs/rowsverb.h"
#include "protocol/cimclass.h"
#include "session/enumerateoperation.h"

class EnumerateVerb final : public RowsVerb
{
    Q_OBJECT
public:
    using RowsVerb::RowsVerb;

protected:
    Done prepare() override;
    void ask() override;

private:
    Done readFilter();
    Done readAssociation();
    Done checkCost() const;
    void enumerate(const std::optional<CimClass> &schema);
    void take(const RowBatchPtr &batch);
    void noteUnfiltered(std::uint32_t from);
    void finishRaw(const Outcome &outcome);
    void writePage(const QByteArray &envelope);

    EnumerateParameters m_parameters;
    EnumerateOperation *m_operation = nullptr;
    std::optional<CimClass> m_schema;
    RowSet m_rows;             ///< those that are not written yet, and the last batch
    std::uint64_t m_taken = 0; ///< of all
    int m_pages = 0;
    bool m_unfiltered = false; ///< the host ignores the selector filter, and that was noted
    bool m_estimated = false; ///< the host's own count was noted
    Error m_pageError;
};
