"""The second hold-out set, ``holdout2/``: fourteen forms as like to real ones as they could be made.

They were written by an examiner who had not read the rules, after 申请表, 任务书, 申报书, 评估申请表 and 年度总结 of other
programmes: their layouts, their words for the same, and the columns they have and we have not.
"""

from __future__ import annotations

from tests.data.templates import (
    second_applications,
    second_lists,
    second_money,
    second_reports,
    second_yearly,
)

MODULES = second_applications, second_yearly, second_reports, second_money, second_lists
TEMPLATES = tuple(make for module in MODULES for make in module.FORMS)
