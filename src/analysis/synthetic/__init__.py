"""A made-up Kota Sukabumi with known truth: demonstration, test bed and yardstick."""

from analysis.synthetic.city import write_city

__all__ = ["write_city"]
