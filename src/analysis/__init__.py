"""Selaras: recipient lists → one person, one family → overlap and targeting → briefs for officials."""
