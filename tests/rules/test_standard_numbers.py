"""Numbers of standards, as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.rules.standard_numbers import LEVELS, read_standard_number

READ = """
GB/T 1.1-2020            | GB/T 1.1—2020            | national
GB/T 1.1—2020            | GB/T 1.1—2020            | national
GB 2760—2024             | GB 2760—2024             | national
GB/T1.1-2020             | GB/T 1.1—2020            | national
ＧＢ／Ｔ 1.1－2020       | GB/T 1.1—2020            | national
gb/t 19001-2016          | GB/T 19001—2016          | national
GB / T 1.1--2020         | GB/T 1.1—2020            | national
GB/Z 24294.1-2018        | GB/Z 24294.1—2018        | national
GBZ 2.1-2019             | GBZ 2.1—2019             | national
GBZ/T 210.4-2008         | GBZ/T 210.4—2008         | national
GBJ 50-83                | GBJ 50—83                | national
GB/T 7714-87             | GB/T 7714—87             | national
JJF 1059.1-2012          | JJF 1059.1—2012          | national
NY/T 1234-2006           | NY/T 1234—2006           | sector
YY 0505-2012             | YY 0505—2012             | sector
JTG D20-2017             | JTG D20—2017             | sector
CJJ/T 1-2008             | CJJ/T 1—2008             | sector
HJ 1.2—2023              | HJ 1.2—2023              | sector
DB 18-2020               | DB 18—2020               | sector
DB11/T 1234.5—2021       | DB11/T 1234.5—2021       | local
DB4403/T 12—2019         | DB4403/T 12—2019         | local
DB33 2146-2018           | DB33 2146—2018           | local
DB36/T 1512—2021         | DB36/T 1512—2021         | local
DB13(J)/T 8359-2020      | DB13(J)/T 8359—2020      | local
DBJ/T 13-18-2020         | DBJ/T 13-18—2020         | local
T/CAS 115-2015           | T/CAS 115—2015           | group
T/CECS 1234—2023         | T/CECS 1234—2023         | group
Q/ABC 001-2024           | Q/ABC 001—2024           | enterprise
Q/JD 01.02—2023          | Q/JD 01.02—2023          | enterprise
Q/华为 001-2024          | Q/华为 001—2024          | enterprise
Q/NTZW 041—2022          | Q/NTZW 041—2022          | enterprise
ISO 9001:2015            | ISO 9001:2015            | international
ISO 9001-2015            | ISO 9001:2015            | international
ISO/IEC 27001:2022       | ISO/IEC 27001:2022       | international
IEC 60601-1:2005         | IEC 60601-1:2005         | international
ISO/IEC TS 17021-2:2016  | ISO/IEC TS 17021-2:2016  | international
GB/T 38355               | GB/T 38355               | national
""".strip().splitlines()


@pytest.mark.parametrize("line", READ)
def test_numbers_are_read_and_written_in_one_way(line):
    typed, written, level = (part.strip() for part in line.split("|"))
    read = read_standard_number(typed)
    assert read is not None
    assert (str(read), read.level) == (written, level)


@pytest.mark.parametrize(
    "text",
    ["", "GB/T", "GBT 1.1-2020", "DB1/T 12-2020", "标准", "2020", "GB/Q 12-2020", "ZZ/T 1-2020", "—", "GB/T 1.1-20200",
     "GB/T 1.1-1820", "GB/T 1.1-2020 政务服务", "见GB/T 1.1-2020", "T/ 1-2020", "Q/ 1-2020", "GB/T 1.1-2020" * 9],
)  # fmt: skip
def test_what_is_no_number_is_not_read(text):
    assert read_standard_number(text) is None


@given(st.text(max_size=30) | st.text("GBDTQ/ .-—0123456789:ISO", max_size=30))
def test_what_is_written_reads_back_as_the_same_number(text):
    read = read_standard_number(text)
    if read is not None:
        assert read_standard_number(str(read)) == read
        assert read.level in {*LEVELS, "international"}
